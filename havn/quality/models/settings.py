"""What a helpline decides about the care for its people and the review of its talks."""

from django.db import models

from havn.quality.rules import sample
from havn.quality.rules.load import HARD_REASONS
from havn.tenancy.models import Service


def _usual_reasons() -> list[str]:
    return list(HARD_REASONS)


class QualitySettings(models.Model):
    """One row per helpline. Without one the defaults hold."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="quality_settings")
    hard_reasons = models.JSONField(
        default=_usual_reasons, help_text="Codes of reasons that are hard whatever the risk."
    )
    pause_after_talks = models.PositiveSmallIntegerField(default=2, help_text="Hard talks in a row; 0 never.")
    pause_after_minutes = models.PositiveSmallIntegerField(default=90, help_text="Minutes in hard talks; 0 never.")
    pause_minutes = models.PositiveSmallIntegerField(default=10)
    much_talks = models.PositiveSmallIntegerField(default=4, help_text="Hard talks a week that are much.")
    keep_weeks = models.PositiveSmallIntegerField(default=8)
    least_people = models.PositiveSmallIntegerField(default=5, help_text="Numbers of fewer people are left out.")
    sample_count = models.PositiveSmallIntegerField(default=0, help_text="Talks drawn a week; 0 draws none.")
    sample_each = models.CharField(max_length=6, default=sample.ALL, help_text="all together, or each person.")
