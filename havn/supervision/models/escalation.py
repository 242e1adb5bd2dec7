"""Imminent danger: the checklist, the second person and what was decided; and by what a helpline tells risk."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class RiskCriteria(models.Model):
    """A helpline's own words on one level in one language, in place of those that come with Havn."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="risk_criteria")
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=10)
    text = models.TextField(max_length=1200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "language", "level"], name="one_text_for_a_risk_level")
        ]


class Escalation(models.Model):
    """One imminent danger of a conversation, open until both persons have closed it.

    `done` holds codes of steps. Everything written is sealed as one text under the conversation's key.
    """

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="escalations")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    rules = models.CharField(max_length=5, help_text="Whose national rules: a country's code, or any.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at_ms = models.BigIntegerField()
    due_at_ms = models.BigIntegerField(help_text="Until when a second person should have come.")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    second_at_ms = models.BigIntegerField(null=True)
    second_left_at_ms = models.BigIntegerField(null=True, help_text="A second person went off duty, none came since.")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done = models.JSONField(default=list)
    record_nonce = models.BinaryField(default=b"")
    record_sealed = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that two people cannot overwrite.")
    close_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(closed_at_ms__isnull=True), name="one_open_escalation"
            )
        ]
        indexes = [models.Index(fields=["service", "closed_at_ms"], name="escalation_open")]
