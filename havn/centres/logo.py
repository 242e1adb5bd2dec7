"""A centre's logo: whatever picture comes in, a small PNG of our own making goes out, without anything else in it."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from havn.common.errors import Refused

LARGEST_UPLOAD = 2_000_000
LARGEST_SIDE = 6000
# Twice the size at which it is shown, for sharp screens.
BOX = (240, 72)
MOST_BYTES = 12 * 1024
_KINDS = ("PNG", "JPEG", "WEBP")


def made_small(upload: bytes) -> bytes:
    """The picture as a PNG that fits its place and weighs at most 12 KB: pixels alone, no metadata, no animation.

    Refused when it is too large, or no PNG, JPEG or WebP: drawings that can carry script (SVG) are never taken.
    """
    if len(upload) > LARGEST_UPLOAD:
        raise Refused(_("The picture is larger than 2 MB. Make it smaller and try again."))
    try:
        with warnings.catch_warnings():
            # A picture that unfolds to far more than it weighs.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(upload), formats=_KINDS)
            if max(picture.size) > LARGEST_SIDE:
                raise Refused(_("The picture is wider or higher than 6000 pixels. Make it smaller and try again."))
            pixels = picture.convert("RGBA")
    except Refused:
        raise
    except UnidentifiedImageError:
        raise Refused(_("This is no picture that can be used. Take a PNG, JPEG or WebP file.")) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_("The picture cannot be read. Save it anew as PNG and try again.")) from None
    pixels.thumbnail(BOX, Image.Resampling.LANCZOS)
    return _packed(pixels)


def _packed(pixels: Image.Image) -> bytes:
    # A copy of the pixels alone: what came along in the file (place, camera, words) is not in it.
    clean = Image.new("RGBA", pixels.size)
    clean.paste(pixels)
    for colours in (256, 64, 16):
        out = io.BytesIO()
        clean.quantize(colours, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
