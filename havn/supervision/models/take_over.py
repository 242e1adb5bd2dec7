"""A supervisor went on with a talk in the counsellor's place."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation


class TakeOver(models.Model):
    """Who took the talk from whom, and why (sealed). Open until it is given back or somebody else has the talk."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="take_overs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason_nonce = models.BinaryField()
    reason_sealed = models.BinaryField()
    at_ms = models.BigIntegerField()
    ended_at_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at_ms__isnull=True), name="one_open_take_over"
            )
        ]
