"""What statistics count: the coded contact, and the draft record it is coded from.

The record lives and dies with its conversation. The contact survives it and names nothing that could lead back.
"""

from django.db import models

from havn.common.ids import RandomIdField
from havn.helpline.models.batch import ContactBatch
from havn.helpline.rules.record import OTHER, PLATFORMS
from havn.live.models import Conversation
from havn.tenancy.models import Centre, Service

_PLATFORMS = [(name, name) for name in (*PLATFORMS, OTHER)]


class Record(models.Model):
    """The coding of one conversation while it lives. Codes are clear, the free text is sealed."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="record")
    reasons = models.JSONField(default=list, help_text="Term codes, the main reason first.")
    person = models.CharField(max_length=30, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=20, blank=True)
    platform = models.CharField(max_length=40, blank=True, choices=_PLATFORMS)
    online = models.BooleanField(null=True, help_text="In scope of the quarter: about something online.")
    outcome = models.CharField(max_length=30, blank=True)
    risk = models.CharField(max_length=10, blank=True)
    summary_nonce = models.BinaryField(default=b"")
    summary_sealed = models.BinaryField(default=b"")
    completed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that two tabs cannot overwrite.")


class Contact(models.Model):
    """One coded interaction. Random id, no order, half-hour of start, bands and codes only."""

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    half_hour = models.DateTimeField(help_text="Start, cut to the half-hour.")
    waiting_band = models.CharField(max_length=10)
    length_band = models.CharField(max_length=10)
    result = models.CharField(max_length=10, help_text="answered, left, closed or refused.")
    language = models.CharField(max_length=10)
    person = models.CharField(max_length=30, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=20, blank=True)
    platform = models.CharField(max_length=40, blank=True, choices=_PLATFORMS)
    online = models.BooleanField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    risk = models.CharField(max_length=10, blank=True)
    feedback = models.PositiveSmallIntegerField(null=True)
    batch = models.ForeignKey(
        ContactBatch, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="Of a contact of the past: the file it came with.",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["centre", "half_hour"], name="contact_when"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="contact_batch"),
        ]


class ContactReason(models.Model):
    """A reason of a contact; the first is the main one."""

    id = RandomIdField()
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="reasons")
    vocabulary = models.SlugField()
    code = models.SlugField()
    main = models.BooleanField(default=False)
