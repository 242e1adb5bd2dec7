"""A hand-over while its talk lives, what waits to be passed on, and the count that stays."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from havn.common.ids import RandomIdField
from havn.handover.rules.states import OPEN
from havn.live.models import Conversation
from havn.tenancy.models import Service


class HandoverCount(models.Model):
    """All that stays of a hand-over: route, kind, what came of it, the half-hour of the question. It names nothing."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="handover_counts")
    route = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    half_hour_ms = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["service", "half_hour_ms"], name="handover_counts_when")]


class Handover(models.Model):
    """One question to one child: may this pass to that receiver? Its states are the table in `rules/states.py`.

    `sealed` holds text, receiver and address as they were asked for, under the conversation's key: what passes is
    exactly what was shown, whatever is changed of the route meanwhile.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        AGREED = "agreed", "Agreed"
        SENDING = "sending", "On its way"
        GONE = "gone", "Gone"
        FAILED = "failed", "Failed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back by the helpline"

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handovers")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="handovers")
    count = models.OneToOneField(HandoverCount, on_delete=models.PROTECT, related_name="handover")
    route = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    way = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    once = models.CharField(max_length=43, help_text="A name of the form, so that a second press is the same one.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at_ms = models.BigIntegerField()
    answered_at_ms = models.BigIntegerField(null=True)
    answered_in = models.CharField(max_length=10, blank=True, help_text="The language in which it was agreed to.")
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at_ms = models.BigIntegerField(null=True, help_text="When it goes; until then the child can say no.")
    gone_at_ms = models.BigIntegerField(null=True)
    letter_id = models.BigIntegerField(null=True, help_text="The number of the e-mail while it is on its way.")
    nonce = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "once"], name="one_handover_per_press"),
            models.UniqueConstraint(
                fields=["conversation", "route"],
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_handover_to_a_route",
            ),
        ]
        indexes = [models.Index(fields=["service", "state"], name="handover_open")]


class HandoverWaiting(models.Model):
    """The agreed text between the yes and its going, sealed to the server's key: the worker passes it on alone.

    Destroyed when it has gone, when the child changes their mind, and with the conversation. In no backup: what was
    agreed to must not pass a second time after a restore.
    """

    handover = models.OneToOneField(Handover, primary_key=True, on_delete=models.CASCADE, related_name="waiting")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
