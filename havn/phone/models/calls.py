"""Calls as a telephone system tells of them. No number is here: only marks that nothing leads back from."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class DayKey(models.Model):
    """The key of a day, sealed to the server's key: callers' marks are made with it. Destroyed after 24 hours."""

    id = RandomIdField()
    sealed = models.BinaryField()
    made_at_ms = models.BigIntegerField()


class Call(models.Model):
    """One call of which at least one event was told. Forgotten a day after its last event.

    `mark` is made of the call's id and the server's secret. `caller` is made of the number and the key of the day, and
    goes with that key. An answered call leads to its conversation, and goes with it at the latest.
    """

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="calls")
    conversation = models.OneToOneField(Conversation, null=True, on_delete=models.CASCADE, related_name="call")
    mark = models.BinaryField(max_length=32)
    caller = models.BinaryField(max_length=32, default=b"")
    caller_key = models.ForeignKey(DayKey, null=True, on_delete=models.SET_NULL, related_name="+")
    rang_ms = models.BigIntegerField(null=True)
    answered_ms = models.BigIntegerField(null=True)
    ended_ms = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        help_text="Whose extension it was. Nobody: it waits at every desk for whoever has it.",
    )  # fmt: skip
    counted = models.BooleanField(default=False, help_text="An unanswered or unclaimed call is in the statistics.")
    last_at_ms = models.BigIntegerField(help_text="When the latest event came in here.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "mark"], name="one_call_by_mark")]
        indexes = [models.Index(fields=["last_at_ms"], name="call_by_last_event")]
