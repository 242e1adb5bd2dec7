"""What a helpline decides about hand-overs and reports."""

from django.db import models

from havn.tenancy.models import Service


class HandoverSettings(models.Model):
    """One row per helpline. Without one the defaults hold."""

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="handover_settings"
    )
    change_mind_minutes = models.PositiveSmallIntegerField(
        default=5, help_text="Between the child's yes and its going."
    )
    remind_days = models.PositiveSmallIntegerField(default=7, help_text="An open report that stood still for so long.")
    keep_report_days = models.PositiveSmallIntegerField(default=30, help_text="Of a closed report.")
