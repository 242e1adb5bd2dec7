"""What the directory adds to centres, services and contact points: facts, hours, and how sure all of it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from havn.centres.models import ContactPoint, StaffGroup
from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Organisation, Service

CLOCK_DAYS = 90


class CentreEntry(models.Model):
    """What the directory says of a country's centre itself. Empty: not known."""

    class Confidence(models.TextChoices):
        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    coordinator = models.CharField(max_length=300, blank=True)
    awareness_organisation = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=255, blank=True, help_text="Of the awareness centre, as opening_hours.")
    languages = models.JSONField(default=list, blank=True)
    funding = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, blank=True)
    compiled_on = models.DateField(null=True, blank=True, help_text="When these facts were read from the sources.")
    clock_days = models.PositiveSmallIntegerField(
        default=CLOCK_DAYS, help_text="After so many days without a confirmation an entry is not certain any more."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(clock_days__gte=1), name="clock_of_a_day_or_more")]


class Entry(models.Model):
    """What the directory says of one service beside its contact points. None and "" mean: not known."""

    class HotlineKind(models.TextChoices):
        ASSOCIATION = "association", "Run by an association"
        POLICE = "police", "Run by the police"
        LINK = "link", "Only linked to"

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    audiences = models.JSONField(default=list, blank=True, help_text="Of Service.Audience. Empty: not known.")
    audience_words = models.CharField(max_length=200, blank=True, help_text="As the source says it.")
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True, help_text="Codes of rules/topics.py. Empty: about anything.")
    free = models.BooleanField(null=True, blank=True)
    anonymous = models.BooleanField(null=True, blank=True)
    inhope = models.BooleanField(null=True, blank=True, help_text="Member of INHOPE.")
    hotline_kind = models.CharField(max_length=11, choices=HotlineKind.choices, blank=True)
    website = models.URLField(blank=True)
    note = models.TextField(blank=True)
    confirmer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries_to_confirm"
    )
    confirmer_name = models.CharField(max_length=120, blank=True, help_text="A person or office at the confirmer.")
    confirmer_email = models.EmailField(blank=True, help_text="Where reminders go. Not shown to the public.")
    changed_at = models.DateTimeField(null=True, help_text="Last change by anybody but the confirmer.")
    reminded_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The service is no more since this day.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ages_from__isnull=True) | Q(ages_to__isnull=True) | Q(ages_to__gte=F("ages_from")),
                name="ages_go_upwards",
            )
        ]


class PublishedHours(models.Model):
    """When a contact point answers, as its organisation published it. Where the service runs here, centres knows."""

    point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="published_hours")
    rule = models.CharField(max_length=255, blank=True, help_text="opening_hours syntax. Empty: only words are known.")
    words = models.CharField(max_length=255, blank=True, help_text="What is known, where it makes no certain rule.")
    language = models.CharField(max_length=10, blank=True, help_text="Where these hours are of one language only.")
    staff_group = models.CharField(max_length=15, blank=True, choices=StaffGroup.choices)
    published = models.CharField(max_length=40, blank=True, help_text='Where or when they were printed: "2019".')
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(rule="", words=""), name="hours_say_something"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="published_hours_end_after_they_begin",
            ),
        ]


class Source(models.Model):
    """Where facts about a country were read. `profile_updated` as the source prints it: 2024, 2024-10."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=500)
    kind = models.CharField(max_length=40)
    profile_updated = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["-profile_updated", "id"]
        constraints = [models.UniqueConstraint(fields=["centre", "url"], name="source_once")]


class Doubt(models.Model):
    """A fact that is unknown, that sources tell differently, or that somebody says is wrong. Open until settled."""

    class Kind(models.TextChoices):
        CONFLICT = "conflict", "Sources tell it differently"
        UNKNOWN = "unknown", "Not known"
        REPORTED = "reported", "Somebody says it is wrong"

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="doubts")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.SlugField(max_length=20, help_text="hours, number, operator, …")
    words = models.TextField()
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="doubts")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_words = models.TextField(blank=True)

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [models.Index(fields=["centre", "settled_at"], name="open_doubts_of_centre")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(settled_by__isnull=True), name="settled_by_has_a_time"
            )
        ]


class Confirmation(models.Model):
    """Somebody looked at an entry: all is right, or not. `said` is what stood there at that moment."""

    class Result(models.TextChoices):
        RIGHT = "right", "Everything is right"
        WRONG = "wrong", "Something is wrong"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField(max_length=200, help_text="The organisation that confirmed, as the public reads it.")
    result = models.CharField(max_length=5, choices=Result.choices)
    said = models.JSONField(default=dict)
    words = models.TextField(blank=True, help_text="What was said to be wrong.")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["service", "result", "at"], name="confirmations_of_service")]


class ContactHistory(models.Model):
    """What happened to the value of a contact point: public, so that an old number can be recognised as old."""

    class What(models.TextChoices):
        APPEARED = "appeared", "Appeared"
        CHANGED = "changed", "Changed"
        CONFIRMED = "confirmed", "Confirmed"
        REMOVED = "removed", "Removed"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contact_history")
    point = models.ForeignKey(ContactPoint, null=True, on_delete=models.SET_NULL, related_name="history")
    channel = models.CharField(max_length=10)
    what = models.CharField(max_length=9, choices=What.choices)
    value = models.CharField(max_length=255)
    before = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    by_words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]


class ConfirmLink(models.Model):
    """A link by which a confirmer without an account answers once. Its secret is in the e-mail, here only its hash."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirm_links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
