"""Taking in a picture: it is drawn anew, so that nothing but what is seen is kept."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.forms import BaseImageForm

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "AVIF": "image/avif"}
MOST_PIXELS = 60_000_000


class PictureForm(BaseImageForm):
    """Every way into the editor's pictures: one, many at once, and from within a page."""

    def clean_file(self) -> Any:
        """The file as new; what was kept before stays. Raises ValidationError for what is no picture."""
        given = self.cleaned_data["file"]
        if not given or not hasattr(given, "content_type"):
            return given
        return drawn_anew(given)


def drawn_anew(given: Any) -> InMemoryUploadedFile:
    """The picture in its own format, turned as the camera said, without place, time, device, comment or thumbnail.

    Moving pictures keep their first frame. Raises ValidationError for anything that is not one of `KINDS`, such as
    SVG, which may hold scripts.
    """
    given.seek(0)
    try:
        with Image.open(given) as picture:
            kind = picture.format or ""
            if kind not in KINDS or picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("Please give a JPEG, PNG, WebP, GIF or AVIF picture of at most 60 megapixels."))
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get("icc_profile")
            fresh = Image.new(upright.mode, upright.size)
            if upright.mode == "P" and (palette := upright.getpalette()):
                fresh.putpalette(palette)
            fresh.paste(upright)
            options: dict[str, Any] = {"icc_profile": profile} if profile else {}
            if "transparency" in picture.info and kind in {"PNG", "GIF"}:
                options["transparency"] = picture.info["transparency"]
            body = io.BytesIO()
            fresh.save(body, kind, **options)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise ValidationError(_("This file is no picture that can be read.")) from error
    size = body.tell()
    body.seek(0)
    return InMemoryUploadedFile(body, "file", given.name, KINDS[kind], size, None)
