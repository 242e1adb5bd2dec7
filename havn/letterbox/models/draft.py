"""The answer while it is written, and its second reading."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class Draft(models.Model):
    """What stands in the box of one letter, sealed under its key. Gone when it is sent, or with the letter.

    `asked_at_ms` is set while it waits for a second reading; `reader` has it until `reader_until_ms` then.
    """

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="letter_draft"
    )
    nonce = models.BinaryField(default=b"")
    sealed = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that two tabs cannot overwrite.")
    writers = models.JSONField(default=list, help_text="Numbers of the people whose words are in it.")
    saved_at_ms = models.BigIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at_ms = models.BigIntegerField(null=True, db_index=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reader_until_ms = models.BigIntegerField(null=True)
    note_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note_nonce = models.BinaryField(default=b"")
    note_sealed = models.BinaryField(default=b"")


class LettersAnswered(models.Model):
    """How many answers of one person have gone out at one helpline: who has few is a newcomer. Names no letter."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "user"], name="letters_answered_once")]
