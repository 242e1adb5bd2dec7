"""What a centre did, how many it reached and how that is known, and the reports that are made of it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from havn.accounts.models import User
from havn.tenancy.models import Centre, Organisation

LARGEST = 10**12
"""More than there are people, views or copies: a bigger number is a slip of the hand."""


class Kind(models.TextChoices):
    """What sort of activity (the network's awareness indicators)."""

    TRAINING = "training", _("Training")
    SCHOOL_VISIT = "school-visit", _("School visit")
    PARENTS_EVENING = "parents-evening", _("Parents' evening")
    CAMPAIGN = "campaign", _("Campaign")
    EVENT = "event", _("Event")
    COMPETITION = "competition", _("Competition")
    CONSULTATION = "consultation", _("Consultation with children and young people")
    PANEL = "panel", _("Meeting of a panel")
    RESOURCE_MADE = "resource-made", _("Resource made or renewed")
    RESOURCE_TRANSLATED = "resource-translated", _("Resource translated")
    NEWSLETTER = "newsletter", _("Newsletter")
    MEDIA = "media", _("Appearance in the media")
    COOPERATION = "cooperation", _("Work with partners and authorities")
    OTHER = "other", _("Something else")


class Group(models.TextChoices):
    """Who was reached."""

    CHILDREN_0_5 = "children-0-5", _("Children up to 5")
    CHILDREN_6_9 = "children-6-9", _("Children 6 to 9")
    CHILDREN_10_12 = "children-10-12", _("Children 10 to 12")
    CHILDREN_13_15 = "children-13-15", _("Children 13 to 15")
    CHILDREN_16_18 = "children-16-18", _("Children 16 to 18")
    CHILDREN = "children", _("Children, age not known")
    PARENTS = "parents", _("Parents and carers")
    TEACHERS = "teachers", _("Teachers")
    PROFESSIONALS = "professionals", _("Other professionals")
    YOUTH_PANEL = "youth-panel", _("Youth panel")
    VOLUNTEERS = "volunteers", _("Volunteers")
    AUTHORITIES = "authorities", _("Authorities")
    ORGANISATIONS = "organisations", _("Organisations and industry")
    PUBLIC = "public", _("General public")
    MIXED = "mixed", _("Several groups, not told apart")


class Measure(models.TextChoices):
    """What is counted. Different measures are never added."""

    PARTICIPANTS = "participants", _("participants")
    REACHED = "reached", _("people reached")
    TRAINED = "trained", _("people trained to teach others")
    COPIES = "copies", _("printed copies")
    DOWNLOADS = "downloads", _("downloads")
    VISITS = "visits", _("visits")
    VIEWS = "views", _("views")
    PLAYS = "plays", _("plays")
    READERS = "readers", _("readers")
    SCHOOLS = "schools", _("schools")
    MENTIONS = "mentions", _("mentions in the media")
    ANSWERS = "answers", _("answers")


class Basis(models.TextChoices):
    """How a number is known. Different bases are never added."""

    COUNTED = "counted", _("Counted")
    PLATFORM = "platform", _("Platform statistic")
    ESTIMATE = "estimate", _("Estimate")


class Activity(models.Model):
    """One thing that one organisation did. It lies in the period in which it began, so that periods can be added."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="activities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=4_000, blank=True, help_text="What was done. Nothing about single persons.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    is_online = models.BooleanField(default=False)
    countries = models.JSONField(default=list, help_text="ISO codes, where it was not at home alone.")
    region = models.CharField(max_length=100, blank=True)
    topics = models.JSONField(default=list, help_text="Codes of the vocabulary of topics.")
    hours = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, help_text="Hours of work. Empty: not noted.",
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    cost = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="In euro. Empty: not noted.",
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["centre", "starts_on"], name="activities_of_centre")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activity_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="activity_has_a_known_kind"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="hours_not_below_zero"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="cost_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.title


class Reach(models.Model):
    """How many of one group an activity reached, in one measure, and how that is known. Never a single person."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reach")
    group = models.CharField(max_length=20, choices=Group.choices)
    measure = models.CharField(max_length=15, choices=Measure.choices)
    number = models.PositiveBigIntegerField(validators=[MaxValueValidator(LARGEST)])
    basis = models.CharField(max_length=10, choices=Basis.choices)
    how = models.CharField(max_length=200, blank=True, help_text="How it was counted, or which platform says so.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=0, number__lte=LARGEST), name="reach_is_a_sane_number"),
            models.CheckConstraint(condition=Q(group__in=Group.values), name="reach_has_a_known_group"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="reach_has_a_known_measure"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="reach_has_a_known_basis"),
            models.CheckConstraint(condition=Q(basis="counted") | ~Q(how=""), name="what_is_not_counted_says_how"),
        ]


class Evidence(models.Model):
    """What shows that an activity took place: a link, which is never fetched, or something in this installation."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    label = models.CharField(max_length=150)
    url = models.URLField(max_length=500, blank=True)
    kind = models.SlugField(max_length=20, blank=True, help_text='What it is here, such as "event" (evidence.py).')
    object_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://", kind="", object_id__isnull=True)
                | (Q(url="", object_id__isnull=False) & ~Q(kind="")),
                name="evidence_is_a_link_or_a_thing",
            ),
        ]


class PeriodReport(models.Model):
    """What a centre did in a period: words that people edit, and figures frozen when they were compiled."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="period_reports")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    language = models.CharField(max_length=10, help_text="What it is written in.")
    project = models.CharField(max_length=200, blank=True, help_text="Project or grant that it is for.")
    shows_cost = models.BooleanField(default=False, help_text="Whether the public reads what things cost.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    figures = models.JSONField(default=dict, help_text="As rules.figures writes them.")
    compiled_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "slug"], name="report_slug_in_centre"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="report_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state="published", published_at__isnull=False),
                name="published_since_or_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A heading with its text. Those with a key were compiled; their figures stand below the text."""

    report = models.ForeignKey(PeriodReport, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=20, blank=True, help_text="Which figures it shows; empty: a section of its own.")
    heading = models.CharField(max_length=150)
    text = models.TextField(max_length=20_000, blank=True)
    compiled_heading = models.CharField(max_length=150, blank=True)
    compiled_text = models.TextField(blank=True, help_text="What the log said when it was last compiled.")
    log_changed = models.BooleanField(
        default=False, help_text="The log says something new since the words were edited."
    )
    is_left_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, help_text="One more at each change by a person.")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], condition=~Q(key=""), name="section_key_once"),
        ]

    @property
    def is_edited(self) -> bool:
        """Whether a person's words stand where the log's would."""
        return bool(self.key) and (self.heading, self.text) != (self.compiled_heading, self.compiled_text)


class ReportFile(models.Model):
    """The PDF of a published report, made once when it was published."""

    report = models.OneToOneField(PeriodReport, primary_key=True, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()
