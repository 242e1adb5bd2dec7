"""Contacts of the past on their way in: a file's rows, sealed until they are applied or their clock runs out."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class ContactBatch(models.Model):
    """One file that was taken in. Its contacts name it, so that they can be taken back as a whole."""

    class State(models.TextChoices):
        STAGED = "staged", "Waits to be applied"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="When the last of it was applied or taken back.")
    rows = models.PositiveIntegerField(help_text="Of the file, without the heads.")
    done = models.PositiveIntegerField(default=0, help_text="Rows that were looked at by the present step.")
    contacts = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0, help_text="Rows with a mistake.")
    fingerprint = models.BinaryField(help_text="Keyed digest of the rows: the same file is not taken in twice.")
    meaning_sealed = models.BinaryField(default=b"", help_text="Which column is which, what its words mean.")


class BatchRows(models.Model):
    """Some rows of a file, sealed under the server's key. Part 0 holds the heads alone. Gone once applied."""

    batch = models.ForeignKey(ContactBatch, on_delete=models.CASCADE, related_name="parts")
    part = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "part"], name="batch_part_once")]


class ImportMeaning(models.Model):
    """What a helpline said the last time about columns and words, sealed: the next file is mapped by itself."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
