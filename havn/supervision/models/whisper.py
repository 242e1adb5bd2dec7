"""What a supervisor says to a counsellor beside a talk. It is no message: the talk's log leaves no place for it."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation


class Whisper(models.Model):
    """One whisper, sealed under the talk's key and destroyed with the talk. Without `to` only supervisors read it."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="whispers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.BinaryField()
    sealed = models.BinaryField()
    after_seq = models.PositiveIntegerField(help_text="The last message of the log when it was said.")
    at_ms = models.BigIntegerField()
