"""Surveys, their waves, and what was answered: a week and choices, and nothing that ties them to anybody."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from havn.accounts.models import User
from havn.common.ids import RandomIdField
from havn.forms.models import FormVersion
from havn.tenancy.models import Centre

KEEP_DAYS = 365
MOST_KEEP_DAYS = 1825


class Survey(models.Model):
    """What a centre asks, through its waves. Texts are by language: {"en": "…"}."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="surveys")
    slug = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    for_whom = models.JSONField(default=dict, help_text="Whom it is for, above all of what age.")
    why = models.JSONField(default=dict, help_text="Who asks and why.")
    guardian = models.JSONField(default=dict, help_text="What a parent or teacher should know or do first.")
    afterwards = models.JSONField(default=dict, help_text="What happens with the answers.")
    keep_days = models.PositiveSmallIntegerField(
        default=KEEP_DAYS, help_text="Single answers are destroyed so many days after a wave closed."
    )
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "slug"], name="survey_slug_in_centre"),
            models.CheckConstraint(condition=Q(keep_days__lte=MOST_KEEP_DAYS), name="survey_answers_have_an_end"),
        ]

    def __str__(self) -> str:
        return self.slug


class Wave(models.Model):
    """A survey held once: with one version of one form, between two moments.

    From `approved_at` on neither the form nor what results are split by can change. `results` are written once, masked
    (rules/results.py); nobody sees other figures of it.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    split_by = models.JSONField(default=list, help_text="Keys of up to two questions.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    counted_at = models.DateTimeField(null=True)
    results = models.JSONField(null=True)
    outcome = models.JSONField(default=dict, help_text="What happened with the answers, by language.")
    outcome_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    answers_gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_wave_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="survey_waves_from_one"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="survey_wave_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(counted_at__isnull=False), name="survey_results_before_publishing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.number}"

    @property
    def last_at(self) -> dt.datetime:
        """A moment of the last day on which it is open: it closes at the midnight after."""
        return self.closes_at - dt.timedelta(seconds=1)


class Answer(models.Model):
    """What one child answered: the wave, the ISO week, the choices. Its number is drawn at random."""

    id = RandomIdField()
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers")
    week = models.CharField(max_length=8, help_text='"2026-W48"')
    answers = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(week__contains="-W"), name="survey_answer_week")]


class WaitingAnswer(models.Model):
    """The same until enough wait to be put among the others in any order (actions/mixing.py)."""

    id = RandomIdField()
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="waiting")
    week = models.CharField(max_length=8)
    answers = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(week__contains="-W"), name="survey_waiting_week")]


class SentPage(models.Model):
    """That a page was sent, so that it counts once however often it is sent: a hash of its number, for two hours.

    After them nothing with that number is taken any more (rules/states.py). It names no answer and no wave.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    hour = models.PositiveIntegerField(help_text="In which the run began: hours since 1970.")
