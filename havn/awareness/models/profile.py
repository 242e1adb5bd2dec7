"""The profile of a centre: facts come from the directory and tenancy, words from the organisations."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from havn.accounts.models import User
from havn.awareness.blocks import PartnersBlock, ProfileSectionsBlock, SuccessesBlock
from havn.awareness.editor.profile_form import PartForm
from havn.awareness.editor.profile_rights import PartPermissionTester
from havn.awareness.models.base import EditorialPage
from havn.common.page_cache import ANSWERS_SECONDS, KEEP
from havn.tenancy.models import Organisation


class _WithFacts(EditorialPage):
    """A page that also says who can be reached now: the front door may not keep it as long as mere words."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As any page, kept for no longer than an answer of the directory."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response.headers[KEEP] = str(ANSWERS_SECONDS)
        return response


class ProfilePage(_WithFacts):
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
    max_count_per_parent = 1
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


class ProfilePartPage(_WithFacts):
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
    base_form_class = PartForm
    # A translation belongs to whom the part belongs to.
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("owner_organisation", overridable=False),
        SynchronizedField("strand", overridable=False),
    ]

    class Meta:
        verbose_name = _("part of a profile")
        verbose_name_plural = _("parts of profiles")

    @property
    def owner_of_record(self) -> int | None:
        """The organisation that the part belongs to, whatever an unpublished draft of it would change."""
        rows = ProfilePartPage.objects.filter(pk=self.pk).values_list("owner_organisation_id", flat=True)
        owner: int | None = rows.first() or self.owner_organisation_id
        return owner

    @property
    def addresses(self) -> list[str]:
        """The addresses on social media, one a line as they were given; nothing but https and http."""
        lines = (line.strip() for line in self.social_media.splitlines())
        return [line for line in lines if line.startswith(("https://", "http://"))]

    def permissions_for_user(self, user: User) -> PartPermissionTester:
        """What this person may do: nothing unless they write for the organisation of the part."""
        return PartPermissionTester(user, self, self.owner_of_record)

    def clean(self) -> None:
        """Refuse an organisation of another centre, and an address that is none."""
        super().clean()
        if self.owner_organisation_id and self.path and self.owner_organisation.centre_id != self.centre.pk:
            raise ValidationError({"owner_organisation": _("This organisation belongs to another centre.")})
        if len(self.addresses) != len(self.social_media.split()):
            raise ValidationError({"social_media": _("Write one whole address a line, beginning with https://.")})
