"""Pages of their own."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from havn.awareness.models.base import EditorialPage


class PlainPage(EditorialPage):
    """A page without a date: about us, contact, how we work."""

    parent_page_types: ClassVar[list[str]] = ["awareness.FrontPage", "awareness.PlainPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
