"""Pages that list other pages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from havn.awareness.models.base import EditorialPage


class ListingPage(EditorialPage):
    """A list of what stands below it, newest first, narrowed by topic, audience and section, with a feed."""

    class Door(models.TextChoices):
        LEARN = "learn", _("Learn")
        TAKE_PART = "take-part", _("Take part")
        NEWS = "news", _("News")

    door = models.CharField(
        _("door on the first page"), max_length=10, choices=Door.choices, blank=True,
        help_text=_("Which of the doors for readers leads here."),
    )  # fmt: skip

    parent_page_types: ClassVar[list[str]] = ["awareness.FrontPage", "awareness.ListingPage"]
    content_panels: ClassVar[list[Any]] = [*EditorialPage.content_panels, FieldPanel("door")]

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
