"""How a helpline is joined to its telephone system."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class Connection(models.Model):
    """What a helpline sets, and the last that was heard. Without a row nothing was ever set up."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="phone")
    ring_minutes = models.PositiveSmallIntegerField(default=10, help_text="A ring longer than this was lost.")
    alone_minutes = models.PositiveSmallIntegerField(
        default=30, help_text="A call goes on so long after its counsellor's desk was last heard of."
    )
    last_event_ms = models.BigIntegerField(null=True)
    last_event = models.CharField(max_length=10, blank=True)


class Secret(models.Model):
    """A secret that the telephone system signs with, sealed to the server's key. Several hold while one is changed."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phone_secrets")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    used_at = models.DateTimeField(null=True, help_text="When it last signed an event, to the minute.")


class Extension(models.Model):
    """A line of the house and whose it is."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phone_extensions")
    name = models.CharField(max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="one_person_at_an_extension")]
        ordering = ["name"]


class SeenMessage(models.Model):
    """A message that was taken, by a mark of its id, for as long as its signature could be sent again.

    A press that counts a short call leaves a mark here as well, so that it is done once.
    """

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32)
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "mark"], name="one_message_once")]
        indexes = [models.Index(fields=["at_ms"], name="message_by_time")]
