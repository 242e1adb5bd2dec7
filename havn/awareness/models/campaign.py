"""Campaigns of the network, with a page for what each country does."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from havn.awareness.countries import CountryField
from havn.awareness.models.base import EditorialPage


class CampaignPage(EditorialPage):
    """A campaign with its dates: Safer Internet Day, MediaSmartOnline, a gaming week."""

    class Campaign(models.TextChoices):
        SID = "sid", _("Safer Internet Day")
        MEDIA_SMART = "media-smart-online", _("MediaSmartOnline")
        GAMING = "gaming-week", _("Gaming week")
        OTHER = "other", _("Another campaign")

    campaign = models.CharField(_("campaign"), max_length=20, choices=Campaign.choices, default=Campaign.SID)
    slogan = models.CharField(_("slogan"), max_length=160, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty when it lasts one day."))
    countdown = models.BooleanField(_("count the days"), default=True)

    parent_page_types: ClassVar[list[str]] = ["awareness.FrontPage", "awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = ["awareness.CampaignCountryPage"]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:1],
        MultiFieldPanel(
            [
                FieldPanel("campaign"),
                FieldPanel("slogan"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("countdown"),
            ],
            heading=_("Campaign"),
        ),
        *EditorialPage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        return self.ends_on or self.starts_on

    def clean(self) -> None:
        """Refuse a campaign that ends before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This day is before the first one.")})


class CampaignCountryPage(EditorialPage):
    """What one country does in a campaign. Who organises it, what is on, and how to take part."""

    country = CountryField(_("country"))
    organiser = models.CharField(_("organised by"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["awareness.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:1],
        MultiFieldPanel(
            [FieldPanel("country"), FieldPanel("organiser"), FieldPanel("website"), FieldPanel("contact_email")],
            heading=_("Who"),
        ),
        *EditorialPage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("country in a campaign")
        verbose_name_plural = _("countries in campaigns")

    @property
    def more_terms(self) -> set[tuple[str, str]]:
        """Its country."""
        return {("country", self.country)}
