"""A child's turn: from the start of waiting to the end of the talk. One per conversation."""

from django.conf import settings
from django.db import models

from havn.live.models import Conversation
from havn.tenancy.models import Service


class Turn(models.Model):
    """Where a conversation stands in the helpline's work. The states are the table in `rules/turns.py`."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TALKING = "talking", "Talking"
        ENDED = "ended", "Ended"
        LEFT = "left", "Left while waiting"

    class Channel(models.TextChoices):
        CHAT = "chat", "Chat"
        LETTER = "letter", "Letter"
        PHONE = "phone", "Phone"
        MAIL = "mail", "E-mail"

    class EndedBy(models.TextChoices):
        VISITOR = "visitor", "The visitor"
        COUNSELLOR = "counsellor", "The counsellor"
        SILENCE = "silence", "Silence"
        QUICK_EXIT = "quick-exit", "Quick exit"
        AWAY = "away", "Stayed away from the queue"
        CLOSING = "closing", "The service closed"
        CALLER = "caller", "The caller hung up"
        FORGOTTEN = "forgotten", "Nobody ended the call"

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="turn")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="turns")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.CHAT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    language = models.CharField(max_length=10)
    age_band = models.CharField(max_length=20, blank=True)
    in_danger = models.BooleanField(default=False, help_text="The child pressed it; the child can undo it.")
    easy_read = models.BooleanField(default=False, help_text="The child asked for easy words, here and in the answers.")
    risk = models.CharField(max_length=10, blank=True, help_text="Set by a counsellor: '', high or imminent.")
    waiting_since_ms = models.BigIntegerField()
    away_since_ms = models.BigIntegerField(null=True, help_text="Not connected: skipped, not removed.")
    returned_at_ms = models.BigIntegerField(null=True, help_text="Given back by a lost counsellor: first.")
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="turns")
    taken_at_ms = models.BigIntegerField(null=True)
    counsellor_lost_at_ms = models.BigIntegerField(null=True)
    last_visitor_ms = models.BigIntegerField(null=True, help_text="Last sign of the visitor, for the silence rule.")
    silence_asked_ms = models.BigIntegerField(null=True)
    closing_told = models.BooleanField(default=False, help_text="This talk was told that the service closes soon.")
    ended_at_ms = models.BigIntegerField(null=True)
    ended_by = models.CharField(max_length=12, choices=EndedBy.choices, blank=True)
    name_nonce = models.BinaryField(default=b"", help_text="The made-up name, sealed under the talk's key.")
    name_sealed = models.BinaryField(default=b"")
    feedback = models.PositiveSmallIntegerField(null=True, help_text="Helped / partly / not; then dropped.")
    counted = models.BooleanField(default=False, help_text="This attempt is in the statistics; nothing says as which.")
    counted_half_hour_ms = models.BigIntegerField(null=True, help_text="Of the last attempt that was counted.")
    counted_weight = models.PositiveSmallIntegerField(null=True, help_text="How much that attempt told.")

    class Meta:
        indexes = [
            models.Index(fields=["service", "state", "waiting_since_ms"], name="turn_queue"),
            models.Index(fields=["counsellor", "state"], name="turn_of_counsellor"),
        ]


class ServiceQueue(models.Model):
    """One row per service: locked by whoever presses Next, counts the picks and knows since when staff is short."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="queue")
    picks = models.BigIntegerField(default=0)
    below_since_ms = models.BigIntegerField(null=True, help_text="Fewer on duty than the opening rule asks, since.")


class Transfer(models.Model):
    """An open offer of a conversation to a colleague, who accepts or declines."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason_nonce = models.BinaryField(default=b"")
    reason_sealed = models.BinaryField(default=b"")
    offered_at_ms = models.BigIntegerField()
    declined = models.BooleanField(default=False)


class Hold(models.Model):
    """Stops the retention clock of one conversation: asked by one person, confirmed by another, 90 days at most."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateField()
