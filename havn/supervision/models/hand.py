"""A raised hand: "I need you"."""

from django.conf import settings
from django.db import models

from havn.helpline.models import Duty
from havn.live.models import Conversation


class RaisedHand(models.Model):
    """One per duty, and gone with it. How long anybody took is not kept: the row is deleted when the hand goes down."""

    duty = models.OneToOneField(Duty, primary_key=True, on_delete=models.CASCADE, related_name="hand")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="hands")
    words_nonce = models.BinaryField(default=b"")
    words_sealed = models.BinaryField(default=b"")
    key_id = models.BigIntegerField(
        null=True, help_text="The words' own key, sealed to the team, where there is no talk."
    )
    raised_at_ms = models.BigIntegerField()
    coming = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    coming_at_ms = models.BigIntegerField(null=True)
