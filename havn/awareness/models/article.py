"""News and stories."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from havn.awareness.models.base import EditorialPage


class ArticlePage(EditorialPage):
    """A dated text by one organisation."""

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
