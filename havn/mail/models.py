"""What waits to go out by e-mail."""

from django.db import models
from django.db.models import Q

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre


class LetterOut(models.Model):
    """One e-mail to one address, sealed to the server's key. Destroyed when it has gone.

    What could not be sent leaves a row without content, so that the count is seen until its own clock ends.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be sent"
        KEPT = "kept", "Kept in the outbox of a demonstration"
        GIVEN_UP = "given-up", "Could not be sent; its content is destroyed"

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="letters_out")
    kind = models.CharField(max_length=40, help_text="A code such as events.confirmed.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sealed = models.BinaryField(null=True, help_text="Address, subject, text and calendar file.")
    queued_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    first_try_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True, help_text="A worker is sending it: nobody else may have it till then.")
    given_up_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True, help_text="A clock of its own: given up then, sent or not.")

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="given-up", sealed__isnull=True) | Q(~Q(state="given-up"), sealed__isnull=False),
                name="content_goes_when_given_up",
            ),
        ]
