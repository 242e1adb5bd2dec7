"""Where a chat stands on the ladder of limits. It hangs on the conversation, never on a place or a device."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.limits.rules.ladder import Step
from havn.live.models import Conversation
from havn.tenancy.models import Centre, Service

_STEPS = [(step.value, step.value) for step in Step]


class Limit(models.Model):
    """One per chat in which a step was taken or asked for. Gone with the conversation."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="limit")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=10, blank=True, choices=_STEPS, help_text="The last that holds.")
    slow_seconds = models.PositiveSmallIntegerField(null=True, help_text="Set while the chat is slower.")
    paused_until_ms = models.BigIntegerField(null=True)
    asked = models.CharField(max_length=10, blank=True, choices=_STEPS, help_text="Waits for a yes.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at_ms = models.BigIntegerField(null=True)
    declined = models.CharField(max_length=10, blank=True, choices=_STEPS, help_text="The last that was declined.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    word_nonce = models.BinaryField(default=b"", help_text="What was said with a no, under the talk's key.")
    word_sealed = models.BinaryField(default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["conversation"], condition=models.Q(slow_seconds__isnull=False), name="limit_slower"),
            models.Index(fields=["service", "asked_at_ms"], condition=~models.Q(asked=""), name="limit_asked"),
            models.Index(
                fields=["service", "paused_until_ms"],
                condition=models.Q(paused_until_ms__isnull=False),
                name="limit_paused",
            ),
        ]


class LiftedPause(models.Model):
    """A moment until which pauses were given and one of them was lifted: marks until then hold no longer.

    A mark names nobody, so that the moment is all there is to lift by. Gone when it is over.
    """

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    until_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "until_ms"], name="lifted_pause_once")]


class StepCount(models.Model):
    """How many times a step was taken at a helpline in a month. A number that leads to no chat."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    step = models.CharField(max_length=10, choices=[*_STEPS, ("lifted", "lifted"), ("declined", "declined")])
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "month", "step"], name="step_count_once")]
