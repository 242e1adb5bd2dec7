"""Keys at rest. Nothing here opens without a member's password, the recovery key or a visitor's secret."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from havn.tenancy.models import Service


class StaffKey(models.Model):
    """A member's X25519 key pair; the private half under Argon2id of the password (its own salt)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_key")
    public = models.BinaryField()
    salt = models.BinaryField()
    memory_kib = models.PositiveIntegerField(help_text="Argon2id's cost when this wrap was made.")
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    nonce = models.BinaryField()
    private_wrapped = models.BinaryField()
    created_at = models.DateTimeField()


class RecoveryKey(models.Model):
    """The public half of a key that a service keeps on paper. The paper itself is stored nowhere.

    Until the person has typed part of it back it is pending: a hash of that part is kept, and emptied when confirmed.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="recovery_keys")
    public = models.BinaryField()
    check_salt = models.BinaryField()
    check_hash = models.BinaryField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"], condition=models.Q(confirmed_at__isnull=False), name="one_recovery_key"
            ),
            models.UniqueConstraint(
                fields=["service"], condition=models.Q(confirmed_at__isnull=True), name="one_pending_recovery_key"
            ),
        ]


class TeamKey(models.Model):
    """A service's key pair of one generation. The highest generation that is not retired seals new talks."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="team_keys")
    generation = models.PositiveIntegerField()
    public = models.BinaryField()
    recovery_wrapped = models.BinaryField(help_text="The private half, HPKE-sealed to the recovery key.")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["service", "generation"], name="team_key_generation")]


class TeamKeyWrap(models.Model):
    """A team's private half sealed to one member: what "let in" makes and "remove" destroys."""

    team_key = models.ForeignKey(TeamKey, on_delete=models.CASCADE, related_name="wraps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_key_wraps")
    wrapped = models.BinaryField()
    let_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team_key", "user"], name="one_wrap_per_member")]


class ConversationKeyWrap(models.Model):
    """A conversation's key sealed to the team. A small table of its own: destroying a row destroys the talk."""

    conversation_id = models.BigIntegerField(primary_key=True)
    team_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, related_name="conversation_wraps")
    wrapped = models.BinaryField()
