"""The note to the next shift."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.helpline.models import Duty
from havn.tenancy.models import Service


class ShiftNote(models.Model):
    """One per duty. Its key is sealed to the team (`ConversationKeyWrap` of this row's id), like a talk's."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    duty = models.OneToOneField(Duty, null=True, on_delete=models.SET_NULL, related_name="note")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    nonce = models.BinaryField()
    sealed = models.BinaryField()
    at_ms = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["service", "at_ms"], name="shift_note_when")]
