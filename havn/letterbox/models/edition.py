"""A child's yes to publishing, and the version without a name while it is edited. Both die with the letter."""

from django.conf import settings
from django.db import models

from havn.live.models import Conversation


class Consent(models.Model):
    """A code, no more: yes, or taken back for good. The hash lets the child's return code find what was published."""

    class State(models.TextChoices):
        YES = "yes", "Yes"
        WITHDRAWN = "withdrawn", "Taken back"

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="letter_consent"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    withdraw_hash = models.BinaryField(unique=True, max_length=32)


class Edition(models.Model):
    """Question and answer on their way to the public page, with decisions about marks; sealed under the letter's key.

    `ready_at_ms` is set while it waits for the second person, who did not edit it.
    """

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="letter_edition"
    )
    nonce = models.BinaryField(default=b"")
    sealed = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that two tabs cannot overwrite.")
    editors = models.JSONField(default=list, help_text="Numbers of the people who changed it.")
    saved_at_ms = models.BigIntegerField()
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ready_at_ms = models.BigIntegerField(null=True)
