"""What a helpline decides about its supervision."""

from django.conf import settings
from django.db import models

from havn.tenancy.models import Service


class SupervisionSettings(models.Model):
    """One row per helpline. Without one the defaults hold."""

    class Identity(models.TextChoices):
        BLIND = "blind", "Nobody can trace"
        POLICE = "police", "The police may trace"
        HELPLINE = "helpline", "The helpline may look"

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="supervision_settings"
    )
    note_days = models.PositiveSmallIntegerField(default=7)
    second_person_minutes = models.PositiveSmallIntegerField(default=10)
    identity = models.CharField(max_length=8, choices=Identity.choices, default=Identity.BLIND)
    basis = models.TextField(blank=True, max_length=2000, help_text="Why it may: law, decision, agreement.")
    basis_on = models.DateField(null=True, help_text="The date of that law, decision or agreement.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
