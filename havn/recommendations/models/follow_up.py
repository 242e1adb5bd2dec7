"""What a Party did about an ask: its follow-up in versions, what shows it, and remarks of others."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from havn.accounts.models import User
from havn.recommendations.models.factsheet import Ask, Factsheet, Passage
from havn.recommendations.models.rounds import Chapter, Recommendation
from havn.recommendations.rules import states


class FollowUp(models.Model):
    """What a Party says of an ask, or of a chapter where it answers none. What was imported stays as published."""

    class Kind(models.TextChoices):
        MEASURE = "measure", _("Measure")
        PRACTICE = "practice", _("Promising practice")
        OBSERVATION = "observation", _("Observation")

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Draft")
        SUBMITTED = states.SUBMITTED, _("Waits for validation")
        VALIDATED = states.VALIDATED, _("Validated")

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="follow_ups")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="follow_ups")
    ask = models.ForeignKey(Ask, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    box = models.ForeignKey(
        Passage, null=True, on_delete=models.CASCADE, related_name="follow_ups",
        help_text="The box of the factsheet that it stands in. Empty: one is made below the ask.",
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    dated_on = models.DateField(help_text="The day of which it speaks.")
    status = models.CharField(max_length=20, blank=True, help_text="A code of the round's scale.")
    text = models.TextField(max_length=20_000)
    body = models.CharField(max_length=200, blank=True, help_text="The responsible body.")
    due_on = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    alternate = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    validator = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="Named beforehand; empty: whom the Party named for the chapter, or any colleague.",
    )  # fmt: skip
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="replaced_by",
        help_text="The validated one that this draft changes. It stays as it is until this is validated.",
    )  # fmt: skip
    is_imported = models.BooleanField(default=False, help_text="It was in the published file, and stays as it is.")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    validated_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    validated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="validated", validated_at__isnull=False)
                | (~Q(state="validated") & Q(validated_at__isnull=True)),
                name="validated_at_or_not_validated",
            ),
            models.CheckConstraint(
                condition=Q(validated_by__isnull=True) | ~Q(validated_by=F("written_by")),
                name="validator_is_somebody_else",
            ),
        ]
        indexes = [models.Index(fields=["factsheet", "due_on"], name="follow_ups_due")]


class FollowUpVersion(models.Model):
    """How a follow-up read before and reads now, and who wrote it."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    body = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "number"], name="version_of_a_follow_up")]


class EvidenceFile(models.Model):
    """A document that was sent as evidence. A draft and what it changes may both point at it."""

    name = models.CharField(max_length=150)
    content = models.BinaryField()


class Evidence(models.Model):
    """What shows it: a link, which is never fetched, a document, or something in this installation (evidence.py).

    Label, day and figure are of the moment in which it was added, and stay when the thing is gone.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="evidence")
    label = models.CharField(max_length=200)
    dated_on = models.DateField(null=True, blank=True, help_text="The day of the thing, or of what a link leads to.")
    figure = models.CharField(max_length=200, blank=True, help_text='What it counts, such as "40 participants".')
    url = models.URLField(max_length=500, blank=True)
    kind = models.SlugField(max_length=20, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    file = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://", kind="", object_id__isnull=True, file__isnull=True)
                | (Q(url="", object_id__isnull=False, file__isnull=True) & ~Q(kind=""))
                | Q(url="", kind="", object_id__isnull=True, file__isnull=False),
                name="proof_is_a_link_a_thing_or_a_file",
            ),
            models.UniqueConstraint(
                fields=["follow_up", "kind", "object_id"], condition=~Q(kind=""), name="proof_once_in_a_follow_up"
            ),
        ]


class Remark(models.Model):
    """What others say: a comment in its phase, or what children contributed, on an ask and its recommendation."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        CHILDREN = "children", _("Contribution of children")

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="remarks")
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="remarks")
    recommendation = models.ForeignKey(Recommendation, null=True, on_delete=models.SET_NULL, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(max_length=5_000)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
