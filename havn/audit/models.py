"""The trail. Entries are only ever added; each carries the hash of the one before it in its centre."""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(models.QuerySet["Entry"]):
    """No entry is changed or removed through the ORM; `cut_old` removes whole years below a signed checkpoint."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("An audit entry is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("An audit entry is never deleted by itself.")


class Entry(models.Model):
    """Who did what to which, in codes. No words anybody wrote, and no foreign keys: it outlives what it names."""

    centre_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True, help_text="None: the platform itself, such as a background job.")
    action = models.CharField(max_length=80)
    service_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    codes = models.CharField(max_length=1000, default="{}", help_text="JSON as it was hashed.")
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre_id", "seq"], name="audit_one_chain")]
        indexes = [models.Index(fields=["centre_id", "action", "seq"], name="audit_by_action")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An audit entry is never deleted by itself.")


class Head(models.Model):
    """The end of a centre's chain; its row is locked while an entry is added."""

    centre_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """Where a chain was cut: entries up to `seq` are gone, `hash` is the last one's, signed by this server."""

    centre_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    at_ms = models.BigIntegerField()
    signature = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre_id", "seq"], name="audit_one_checkpoint")]


class ReadMark(models.Model):
    """That a read was recorded already: a digest of person, conversation and duty session."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    at_ms = models.BigIntegerField(db_index=True)
