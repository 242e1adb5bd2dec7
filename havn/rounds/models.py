"""Rounds, who is asked in them, what they answer, and what passed between them and whoever runs the round."""

from django.db import models
from django.db.models import F, Q

from havn.accounts.models import User
from havn.forms.models import FormVersion, Kind
from havn.rounds.rules.states import State
from havn.tenancy.models import Centre

LONGEST_COMMENT = 2_000


class Round(models.Model):
    """A form that several centres answer for one period. `owner` runs it: the network, or a centre for itself."""

    owner = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="rounds_run")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="rounds")
    first = models.DateField(help_text="First day of the period that is asked about.")
    last = models.DateField(help_text="Its last day.")
    period_kind = models.CharField(max_length=10, help_text="quarter, year or span (havn.statistics).")
    opens_on = models.DateField(help_text="From this day on, by each centre's own clocks.")
    closes_on = models.DateField(help_text="Until 17:00 of this day, by each centre's own clocks.")
    remind_days = models.JSONField(default=list, help_text="Reminders, as days before the closing.")
    note = models.CharField(max_length=500, blank=True, help_text="What whoever answers should know.")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-last", "-pk"]
        indexes = [models.Index(fields=["owner", "last"], name="rounds_of_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="round_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return f"{self.form_version_id} {self.first}"


class Assignment(models.Model):
    """One centre that is asked in a round, and where its answer stands.

    `responsible` and `alternate` are people of the centre; any other who may answer there may take it over.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="round_assignments")
    responsible = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    alternate = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.OPEN.value)
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="First time it was sent in.")
    accepted_at = models.DateTimeField(null=True, help_text="First time it was accepted.")
    published_at = models.DateTimeField(null=True, help_text="First time it was published.")

    class Meta:
        ordering = ["centre__name", "pk"]
        indexes = [models.Index(fields=["centre", "state"], name="assignments_of_centre")]
        constraints = [
            models.UniqueConstraint(fields=["round", "centre"], name="centre_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="assignment_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.centre_id}"

    @property
    def is_visit(self) -> bool:
        """Whether whoever runs the round writes about the centre, which reads it and comments."""
        return self.round.form_version.form.kind == Kind.VISIT and self.centre_id != self.round.owner_id


class Draft(models.Model):
    """What is being written, stored as it is typed. `version` goes up at each change."""

    assignment = models.OneToOneField(Assignment, primary_key=True, on_delete=models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict, help_text="As bound by havn.forms, before they are checked.")
    taken = models.JSONField(default=dict, help_text="Question to the figure that was taken from the centre's records.")
    explained = models.JSONField(default=dict, help_text="Check to the sentence that explains its warning.")
    version = models.PositiveIntegerField(default=0)
    forgotten = models.PositiveIntegerField(default=0, help_text="Changes up to this version are forgotten.")
    saved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()


class DraftChange(models.Model):
    """One answer of a draft before it was changed: so that two people's work can be put together.

    Goes with sending, and after some weeks (`actions/forgetting.py`).
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(help_text="The version that this change made.")
    key = models.CharField(max_length=100)
    page = models.CharField(max_length=16, blank=True, help_text="Which open page made it, by its random mark.")
    before = models.JSONField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version", "pk"]
        indexes = [models.Index(fields=["draft", "version"], name="changes_of_draft")]


class Submission(models.Model):
    """Answers as they were sent in. Each sending is a revision that never changes; deciding only marks it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="submissions")
    revision = models.PositiveIntegerField()
    answers = models.JSONField(help_text="Checked answers; hidden ones dropped.")
    values = models.JSONField(default=dict, help_text="Computed values.")
    taken = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)
    sent_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["assignment", "revision"], name="revision_once")]


class Comment(models.Model):
    """A word of either side at one question. `asks`: the coordinator's query, which the centre answers."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=100)
    text = models.TextField(max_length=LONGEST_COMMENT)
    asks = models.BooleanField(default=False)
    by_runner = models.BooleanField(help_text="Said by whoever runs the round.")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Event(models.Model):
    """A step of an assignment: who, when, and in which words."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="events")
    move = models.CharField(max_length=12)
    revision = models.PositiveIntegerField(null=True)
    words = models.TextField(max_length=LONGEST_COMMENT, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_key = models.CharField(max_length=8, blank=True, help_text="Prefix of the key of a system that did it.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class DataAddress(models.Model):
    """Where a centre wants letters about its rounds: an address of the office, given by its own people."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="data_address")
    sealed = models.BinaryField(help_text="The address, sealed to the server's key.")
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()


class Reminder(models.Model):
    """That a reminder was sent by letter, so that it goes once."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(help_text="Days before the closing.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "days"], name="reminder_once")]


class AnswerFile(models.Model):
    """A document that is an answer. One that no draft and no submission names goes after some days."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="files")
    ref = models.CharField(max_length=22, unique=True, help_text="Random; stands in the answer.")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=5, help_text="pdf, docx, xlsx or odt, by its content.")
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
