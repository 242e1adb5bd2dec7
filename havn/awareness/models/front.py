"""The front of a centre, or of the network."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from havn.awareness.models.base import EditorialPage


class FrontPage(EditorialPage):
    """The root of a centre's pages in one language. Its words stand below the doors of the first page."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Any]] = [FieldPanel("title"), FieldPanel("summary"), FieldPanel("body")]
    is_creatable = False

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """The first page of the centre, in this language."""
        parts = super().get_url_parts(request=request)
        return None if parts is None else (parts[0], parts[1], f"/{self.language}/")

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
