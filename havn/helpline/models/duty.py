"""Who is on duty: a lease that the desk keeps alive, never a flag somebody forgets to clear."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class Duty(models.Model):
    """From "Go on duty" to "Go off duty", or to the sweep of a lease that ran out."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="duties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties")
    role = models.CharField(max_length=12, help_text="Taken on this duty: counsellor, supervisor or coordinator.")
    seats = models.PositiveSmallIntegerField(default=2)
    languages = models.JSONField(default=list)
    started_at_ms = models.BigIntegerField()
    alive_until_ms = models.BigIntegerField()
    locked_at_ms = models.BigIntegerField(null=True, help_text="Idle lock: the dead-man clock is longer.")
    pause_until_ms = models.BigIntegerField(null=True, help_text="A pause: takes nobody new until then.")
    ended_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "service"], condition=models.Q(ended_at_ms__isnull=True), name="one_open_duty"
            )
        ]
        indexes = [models.Index(fields=["service", "ended_at_ms"], name="duty_open")]
