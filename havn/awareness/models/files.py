"""Pictures and files that editors give."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture, drawn anew when it was given: nothing of the camera, the place or the time is left in it."""

    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, and its licence."))

    admin_form_fields = ("title", "file", "credit", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody guesses: whoever knows it sees the picture, and drafts have theirs before they are out."""
        # In front, because the names of its sizes are cut at their end.
        return str(super().get_upload_to(f"{secrets.token_hex(6)}-{filename}"))


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class PublishedFile(AbstractDocument):
    """A file to download, or a film, a sound or its captions."""

    language = models.CharField(_("language"), max_length=10, blank=True)
    members_only = models.BooleanField(
        _("for members only"), default=False, help_text=_("Only people who are signed in at this centre may open it.")
    )

    admin_form_fields = ("title", "file", "language", "members_only", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
