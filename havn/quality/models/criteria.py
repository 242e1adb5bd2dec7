"""The helpline's own criteria, version by version."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class CriteriaVersion(models.Model):
    """One version, never changed: scores name its number. Number 0 is what comes with Havn and has no row."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    rows = models.JSONField(help_text="code, scale and texts by language, in order.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="one_version_of_criteria")]
