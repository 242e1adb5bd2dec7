"""The profile of a centre: facts come from the directory and tenancy, words from the organisations."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from havn.awareness.blocks import PartnersBlock, ProfileSectionsBlock, SuccessesBlock
from havn.awareness.models.base import EditorialPage
from havn.tenancy.models import Organisation


class ProfilePage(EditorialPage):
    """The profile of the whole centre. Its body tells about the organisation; each strand is a part below it."""

    class Funding(models.TextChoices):
        MEMBER_STATE = "member-state", _("Co-funded by the European Union (Member State)")
        NON_MEMBER_STATE = "non-member-state", _("Co-funded by the European Union (not a Member State)")
        APPLIED = "applied", _("Eligible for co-funding, has applied")
        NONE = "none", _("Not co-funded at present")

    funding = models.CharField(_("funding"), max_length=20, choices=Funding.choices, blank=True)
    funding_note = models.TextField(_("more on funding"), max_length=400, blank=True)
    successes = StreamField(SuccessesBlock(), verbose_name=_("key successes"), blank=True)
    partners = StreamField(PartnersBlock(), verbose_name=_("partners, ministries, advisory board"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["awareness.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["awareness.ProfilePartPage"]
    search_fields: ClassVar[list[Any]] = [
        *EditorialPage.search_fields,
        index.SearchField("successes"),
        index.SearchField("partners"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels,
        FieldPanel("successes"),
        FieldPanel("partners"),
        MultiFieldPanel([FieldPanel("funding"), FieldPanel("funding_note")], heading=_("Funding")),
    ]

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")


class ProfilePartPage(EditorialPage):
    """What one organisation tells of the strand that it runs. Only its own editors change it."""

    class Strand(models.TextChoices):
        AWARENESS = "awareness", _("Awareness centre")
        HELPLINE = "helpline", _("Helpline")
        HOTLINE = "hotline", _("Hotline")
        YOUTH = "youth", _("Youth participation")

    strand = models.CharField(_("strand"), max_length=10, choices=Strand.choices)
    owner_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that writes this part"), on_delete=models.PROTECT, related_name="+"
    )
    sections = StreamField(ProfileSectionsBlock(), verbose_name=_("sections"), blank=True)
    social_media = models.TextField(
        _("social media"), max_length=1000, blank=True, help_text=_("One address a line. They open elsewhere.")
    )

    parent_page_types: ClassVar[list[str]] = ["awareness.ProfilePage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*EditorialPage.search_fields, index.SearchField("sections")]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:1],
        MultiFieldPanel([FieldPanel("strand"), FieldPanel("owner_organisation")], heading=_("Part")),
        FieldPanel("summary"),
        FieldPanel("sections"),
        FieldPanel("social_media"),
    ]

    class Meta:
        verbose_name = _("part of a profile")
        verbose_name_plural = _("parts of profiles")
