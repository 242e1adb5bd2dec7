"""Things to use: a lesson, a film, a poster, a game."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from havn.awareness.blocks import EasyBlock, FilesBlock, LessonBlock
from havn.awareness.fields import TermsField
from havn.awareness.models.base import EditorialPage

AGES = [MinValueValidator(0), MaxValueValidator(120)]


class ResourcePage(EditorialPage):
    """A resource with its files, its lesson for a classroom screen and its easy-read twin.

    What it was adapted from is no field of the page: see `models.adaptation`.
    """

    class Type(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        WORKSHEET = "worksheet", _("Worksheet")
        FILM = "film", _("Film")
        SOUND = "sound", _("Sound")
        GAME = "game", _("Game")
        QUIZ = "quiz", _("Quiz")
        LEAFLET = "leaflet", _("Leaflet")
        POSTER = "poster", _("Poster")
        PRESENTATION = "presentation", _("Presentation")
        BOOK = "book", _("Book")
        COURSE = "course", _("Course")
        OTHER = "other", _("Other resource")

    class Licence(models.TextChoices):
        CC0 = "cc0-1.0", _("CC0 1.0: free to use, no name needed")
        BY = "cc-by-4.0", _("CC BY 4.0: free to use and change with our name")
        BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0: as CC BY, shared on the same terms")
        BY_NC = "cc-by-nc-4.0", _("CC BY-NC 4.0: as CC BY, not for money")
        BY_NC_SA = "cc-by-nc-sa-4.0", _("CC BY-NC-SA 4.0: as CC BY-NC, shared on the same terms")
        BY_ND = "cc-by-nd-4.0", _("CC BY-ND 4.0: free to use unchanged")
        BY_NC_ND = "cc-by-nc-nd-4.0", _("CC BY-NC-ND 4.0: free to use unchanged, not for money")
        RESERVED = "reserved", _("All rights reserved: ask us first")

    type = models.CharField(_("type"), max_length=15, choices=Type.choices, default=Type.LESSON)
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True, validators=AGES)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True, validators=AGES)
    minutes = models.PositiveSmallIntegerField(
        _("time in minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    settings = TermsField(_("where it is used"), dimension="setting")
    aims = TermsField(_("competence aims"), dimension="aim")
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.BY)
    credit = models.CharField(_("made by"), max_length=250, blank=True, help_text=_("Names to give credit to."))
    version = models.CharField(_("version"), max_length=20, blank=True)
    accessibility_notes = models.TextField(
        _("accessibility"), max_length=600, blank=True,
        help_text=_("What works without seeing or hearing, and what does not."),
    )  # fmt: skip
    link = models.URLField(_("address elsewhere"), blank=True, help_text=_("When it is used on another site."))
    files = StreamField(FilesBlock(), verbose_name=_("files"), blank=True)
    lesson = StreamField(LessonBlock(), verbose_name=_("lesson, step by step"), blank=True)
    easy = StreamField(EasyBlock(), verbose_name=_("easy to read"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *EditorialPage.search_fields,
        index.SearchField("lesson"),
        index.SearchField("easy"),
        index.SearchField("credit"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels,
        FieldPanel("files"),
        FieldPanel("lesson"),
        FieldPanel("easy"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("type"),
                FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max"), FieldPanel("minutes")]),
                FieldPanel("settings"),
                FieldPanel("licence"),
                FieldRowPanel([FieldPanel("credit"), FieldPanel("version")]),
                FieldPanel("link"),
                FieldPanel("accessibility_notes"),
            ],
            heading=_("Resource"),
        ),
        FieldPanel("aims"),
        *EditorialPage.promote_panels,
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min__isnull=True)
                | models.Q(age_max__isnull=True)
                | models.Q(age_min__lte=models.F("age_max")),
                name="resource_ages_in_order",
            )
        ]

    @property
    def more_terms(self) -> set[tuple[str, str]]:
        """What lists and searches narrow resources by, beside what every page has."""
        return {
            ("type", self.type),
            *(("setting", code) for code in self.settings),
            *(("aim", one) for one in self.aims),
        }

    def clean(self) -> None:
        """Refuse an age range that is upside down."""
        super().clean()
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValidationError({"age_max": _("This age is lower than the first one.")})
