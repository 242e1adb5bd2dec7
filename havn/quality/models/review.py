"""Talks drawn by chance, and their review. A review goes with its talk."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class Draw(models.Model):
    """One week's draw: the seed, among how many, and how many were drawn. Anybody who has the talks can draw again."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="The Monday of the week in which it was drawn.")
    seed = models.BinaryField()
    each = models.CharField(max_length=6)
    among = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "week"], name="one_draw_a_week")]


class Review(models.Model):
    """One drawn talk. `notes` are sealed under its key, a text for each criterion and one for the whole."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="review")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    criteria = models.PositiveIntegerField(null=True, help_text="The number of the version it is reviewed by.")
    scores = models.JSONField(default=dict)
    notes_nonce = models.BinaryField(default=b"")
    notes_sealed = models.BinaryField(default=b"")
    drawn_at_ms = models.BigIntegerField()
    done_at_ms = models.BigIntegerField(null=True)
    seen = models.BooleanField(default=False, help_text="The counsellor has opened the result.")

    class Meta:
        indexes = [
            models.Index(fields=["service", "done_at_ms"], name="review_open"),
            models.Index(fields=["counsellor", "done_at_ms"], name="review_of"),
        ]

    def lay_back(self) -> None:
        """Nobody has it any more, and what was scored is forgotten; the caller saves."""
        self.reviewer = self.criteria = None
        self.scores, self.notes_nonce, self.notes_sealed = {}, b"", b""
