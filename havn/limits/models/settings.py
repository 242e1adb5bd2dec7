"""What a helpline decides about its limits and care plans."""

from django.db import models

from havn.common.ids import RandomIdField
from havn.limits.rules.ladder import Alone
from havn.tenancy.models import Service


class LimitsSettings(models.Model):
    """One row per helpline that changed something; without one the defaults hold."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="limits_settings")
    slow_seconds = models.PositiveSmallIntegerField(default=20, help_text="One message at most in so many seconds.")
    pause_hours = models.PositiveSmallIntegerField(default=24)
    alone = models.CharField(
        max_length=8,
        default=Alone.NOTHING.value,
        choices=[(Alone.NOTHING.value, "Nothing beyond the kind word"), (Alone.SLOWER.value, "Slower needs nobody")],
        help_text="While nobody else who leads is on duty.",
    )
    plan_days = models.PositiveSmallIntegerField(default=180, help_text="A care plan stays so long after its last use.")


class KindWord(models.Model):
    """The helpline's own kind word in one language; without one Havn's stands."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="kind_words")
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=600)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "language"], name="kind_word_once")]
