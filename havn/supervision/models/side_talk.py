"""Colleagues' talk beside a conversation: about it, under its key, never seen by its child."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation


class SideTalk(models.Model):
    """Opened by the counsellor, open until closed or until the conversation has ended."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="side_talks")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at_ms = models.BigIntegerField()
    closed_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(closed_at_ms__isnull=True), name="one_open_side_talk"
            )
        ]


class SideTalkPart(models.Model):
    """A colleague who was asked, and since when they read along. Who has left keeps the row and reads no more."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="side_talk_parts")
    talk = models.ForeignKey(SideTalk, on_delete=models.CASCADE, related_name="parts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at_ms = models.BigIntegerField()
    joined_at_ms = models.BigIntegerField(null=True)
    left_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "user"], name="one_part_in_a_side_talk")]


class SideTalkWords(models.Model):
    """What one of them said, sealed under the conversation's key."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="side_talk_words")
    talk = models.ForeignKey(SideTalk, on_delete=models.CASCADE, related_name="words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nonce = models.BinaryField()
    sealed = models.BinaryField()
    after_seq = models.PositiveIntegerField(help_text="The last message of the log when it was said.")
    at_ms = models.BigIntegerField()
