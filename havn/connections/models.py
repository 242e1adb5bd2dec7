"""Keys that read facts, endpoints that are told of them, and what became of each message."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Service


class ConnectionsSettings(models.Model):
    """What a centre sets for all its connections. Without a row the defaults hold."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="connections")
    per_minute = models.PositiveSmallIntegerField(default=60, help_text="Requests that one key may make.")
    waiting_seconds = models.PositiveSmallIntegerField(
        default=60, help_text="An endpoint is told of the wait no more often than this."
    )
    off_after_days = models.PositiveSmallIntegerField(
        default=5, help_text="An endpoint that fails for so long is switched off."
    )
    log_days = models.PositiveSmallIntegerField(default=30, help_text="What became of messages is kept so long.")


class ApiKey(models.Model):
    """A key of another system. Kept are its prefix and a hash; what it is was shown once."""

    class Grain(models.TextChoices):
        MONTH = "month", "Month"
        QUARTER = "quarter", "Quarter"
        YEAR = "year", "Year"

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="api_keys")
    service = models.ForeignKey(
        Service, null=True, on_delete=models.CASCADE, related_name="api_keys", help_text="Empty: all of the centre."
    )
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField(default=list)
    grain = models.CharField(
        max_length=7,
        choices=Grain.choices,
        default=Grain.QUARTER,
        help_text="Periods of one length only: two lengths together would give back what is left out.",
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_on = models.DateField(null=True, help_text="The last day on which it opens anything.")
    last_used_on = models.DateField(null=True, help_text="The day, and nothing of the hour or of where from.")


class Endpoint(models.Model):
    """An address of another system that is told of events."""

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="endpoints")
    service = models.ForeignKey(
        Service, null=True, on_delete=models.CASCADE, related_name="endpoints", help_text="Empty: all of the centre."
    )
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    is_on = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    failing_since = models.DateTimeField(null=True, help_text="The first failure after the last message that arrived.")
    switched_off_at = models.DateTimeField(null=True, help_text="When it was switched off because it kept failing.")
    off_by_restore = models.BooleanField(default=False, help_text="Off since a backup was brought back.")


class EndpointSecret(models.Model):
    """A secret that messages to an endpoint are signed with, sealed to the server's key. Two while one is changed."""

    id = RandomIdField()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="An older secret: signs until then.")


class Delivery(models.Model):
    """One message to one endpoint: on its way with its body, afterwards only what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ARRIVED = "arrived", "Arrived"
        GIVEN_UP = "given-up", "Given up"
        REPLACED = "replaced", "Replaced by a newer one"

    id = RandomIdField()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True)
    event = models.CharField(max_length=30)
    about = models.CharField(max_length=60, blank=True, help_text="A newer message of the same matter replaces it.")
    body = models.TextField(blank=True, help_text="Gone when it has arrived or was given up.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    error = models.CharField(max_length=20, blank=True, help_text="A code, where there was no answer.")

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="deliveries_due"),
            models.Index(fields=["endpoint", "-made_at"], name="deliveries_of_endpoint"),
        ]


class Told(models.Model):
    """What an endpoint was told last of one matter, so that it is told again only when that changes."""

    id = RandomIdField()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="told")
    about = models.CharField(max_length=60)
    value = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "about"], name="told_once_of_each")]
