"""What a centre invites to, and who comes."""

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Organisation

CLOSE_OF_BUSINESS = dt.time(17)


def new_uid() -> str:
    """What calendars know an event by, for ever."""
    return str(uuid.uuid4())


class Event(models.Model):
    """One event of one organisation. Times are moments; `zone` says whose clocks they are told in."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Everybody"
        MEMBERS = "members", "Only members who are signed in"

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="events")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    # One name in the whole installation: a centre's site shows the network's events beside its own.
    slug = models.SlugField(max_length=80, unique=True)
    uid = models.CharField(max_length=36, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="Of the calendar file: one more at each change.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    changed_at = models.DateTimeField()
    cancelled_because = models.CharField(max_length=300, blank=True)

    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300)
    text = models.TextField(max_length=10_000, blank=True)
    language = models.CharField(max_length=10, help_text="What the text is written in.")
    languages = models.JSONField(default=list, help_text="Codes of the languages spoken.")
    audiences = models.JSONField(default=list, help_text="Codes of the vocabulary of audiences.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=200, blank=True)
    is_online = models.BooleanField(default=False)
    joining = models.TextField(
        max_length=2_000, blank=True, help_text="Shown to those who have a place, to nobody else."
    )

    takes_registrations = models.BooleanField(default=True)
    asks = models.JSONField(default=list, help_text="What is asked beside name and e-mail: see rules.ASKS.")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    per_centre = models.PositiveIntegerField(null=True, blank=True, help_text="How many from one centre.")
    has_waiting_list = models.BooleanField(default=True)
    deadline = models.DateField(null=True, blank=True)
    close_of_business = models.TimeField(default=CLOSE_OF_BUSINESS)
    payment_note = models.CharField(max_length=500, blank=True)
    reminder_days = models.PositiveSmallIntegerField(default=2, help_text="0: no reminder.")
    question_one = models.CharField(max_length=200, blank=True)
    question_two = models.CharField(max_length=200, blank=True)

    kept_days = models.PositiveSmallIntegerField(
        default=90, validators=[MaxValueValidator(365)], help_text="Until who came is destroyed."
    )
    forgotten_at = models.DateTimeField(null=True, editable=False)
    counts = models.JSONField(default=dict, editable=False, help_text="What is left once forgotten.")

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["centre", "state", "ends_at"], name="events_of_centre")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="") | Q(is_online=True), name="event_is_somewhere"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="event_has_a_seat"),
            models.CheckConstraint(condition=Q(per_centre__isnull=True) | Q(per_centre__gt=0), name="quota_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """One person's place or place in the waiting list.

    Who it is lies sealed to the server's key (`sealing.Person`); whoever cancels is forgotten at once.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "Has a place"
        WAITING = "waiting", "Waits for a place"
        CANCELLED = "cancelled", "Cancelled"

    id = RandomIdField()
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=10, choices=State.choices)
    number = models.PositiveIntegerField(help_text="The order in which people came; also that of the waiting list.")
    reference = models.CharField(max_length=8, help_text="To name in a payment. Says nothing of the person.")
    from_centre = models.ForeignKey(Centre, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10)
    token_hash = models.BinaryField(max_length=32, unique=True)
    email_mark = models.BinaryField(max_length=32, null=True, help_text="Keyed hash of event and e-mail.")
    sealed = models.BinaryField(null=True)
    registered_at = models.DateTimeField()
    link_sent_at = models.DateTimeField(null=True, help_text="When the own link last went out.")
    told = models.PositiveIntegerField(default=0, help_text="The sequence of the event that they know.")
    reminded = models.BooleanField(default=False)
    attended = models.BooleanField(default=False)
    has_answered = models.BooleanField(default=False, help_text="Gave feedback; which one is not known.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="number_once_in_an_event"),
            models.UniqueConstraint(fields=["event", "reference"], name="reference_once_in_an_event"),
            models.UniqueConstraint(fields=["event", "email_mark"], name="address_once_in_an_event"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(sealed__isnull=True, email_mark__isnull=True),
                name="cancelled_is_forgotten",
            ),
        ]


class Feedback(models.Model):
    """What somebody thought of an event. Nothing leads to the registration; the words go with the registrations."""

    id = RandomIdField()
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    rating = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    answer_one = models.TextField(max_length=2_000, blank=True)
    answer_two = models.TextField(max_length=2_000, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_from_1_to_5")]
