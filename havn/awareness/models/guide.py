"""Guides to apps and devices."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from havn.awareness.blocks import WalkthroughBlock
from havn.awareness.models.base import EditorialPage


class GuidePage(EditorialPage):
    """How to set up an app or a device so that a child is safer in it. Dated: apps change."""

    class Subject(models.TextChoices):
        APP = "app", _("App")
        GAME = "game", _("Game")
        CONSOLE = "console", _("Games console")
        PHONE = "phone", _("Phone or tablet")
        COMPUTER = "computer", _("Computer")
        BROWSER = "browser", _("Browser or search")
        OTHER = "other", _("Something else")

    subject = models.CharField(_("what it is"), max_length=10, choices=Subject.choices, default=Subject.APP)
    maker = models.CharField(_("who makes it"), max_length=120, blank=True)
    tested_version = models.CharField(_("version looked at"), max_length=60, blank=True)
    as_of = models.DateField(_("looked at on"))
    minimum_age = models.PositiveSmallIntegerField(
        _("lowest age by its own terms"), null=True, blank=True, validators=[MaxValueValidator(21)]
    )
    age_label = models.CharField(_("age label"), max_length=40, blank=True, help_text=_("Such as “PEGI 12”."))
    official_help = models.URLField(_("the maker's own help"), blank=True)
    privacy = StreamField(WalkthroughBlock(), verbose_name=_("privacy settings"), blank=True)
    parental_controls = StreamField(WalkthroughBlock(), verbose_name=_("parental controls"), blank=True)
    reporting = StreamField(WalkthroughBlock(), verbose_name=_("how to report"), blank=True)
    blocking = StreamField(WalkthroughBlock(), verbose_name=_("how to block"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *EditorialPage.search_fields,
        *(index.SearchField(name) for name in ("maker", "privacy", "parental_controls", "reporting", "blocking")),
    ]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("subject"), FieldPanel("maker")]),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("tested_version")]),
                FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("age_label")]),
                FieldPanel("official_help"),
            ],
            heading=_("App or device"),
        ),
        FieldPanel("privacy"),
        FieldPanel("parental_controls"),
        FieldPanel("reporting"),
        FieldPanel("blocking"),
        *EditorialPage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def more_terms(self) -> set[tuple[str, str]]:
        """What it is a guide to."""
        return {("subject", self.subject)}
