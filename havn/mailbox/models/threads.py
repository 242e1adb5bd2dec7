"""What is kept beside a letter that came by e-mail, and the marks that keep one from being taken or answered twice."""

from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class MailThread(models.Model):
    """One e-mail conversation: its key wrapped by the token, and who writes, sealed under that key.

    Goes with its conversation, first of all its tables (`retention/tables.py`).
    """

    class Wish(models.TextChoices):
        WHOLE = "whole", "Send answers by e-mail"
        ANNOUNCE = "announce", "Only say that there is an answer"
        NOTHING = "nothing", "Send nothing"

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="mail_thread"
    )
    locator = models.BigIntegerField(unique=True, help_text="The public part of the token.")
    salt = models.BinaryField(max_length=16)
    nonce = models.BinaryField(max_length=12)
    wrapped = models.BinaryField()
    facts_nonce = models.BinaryField(default=b"")
    facts_sealed = models.BinaryField(default=b"", help_text="Address, subject, token and name of the last e-mail.")
    has_address = models.BooleanField(default=False)
    wish = models.CharField(max_length=8, choices=Wish.choices, default=Wish.WHOLE)
    left_out = models.PositiveIntegerField(default=0, help_text="Files that came with it, deleted unopened.")
    undelivered = models.PositiveIntegerField(default=0, help_text="E-mails to the child that did not arrive.")


class MailOut(models.Model):
    """An e-mail of a thread that is on its way; `letter_id` is its row in `mail`, which is gone when it has gone."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="mails_out")
    letter_id = models.BigIntegerField(unique=True)
    queued_at_ms = models.BigIntegerField()


class SeenMail(models.Model):
    """An e-mail that was taken, by a mark made with the server's secret. Forgotten after a week.

    A mailbox from which it could not be deleted in time hands it over again: it is not stored twice.
    """

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=32)
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "mark"], name="one_mail_once")]
        indexes = [models.Index(fields=["at_ms"], name="mail_by_time")]


class DayKey(models.Model):
    """The key of a day, sealed to the server's key: marks of addresses are made with it. Destroyed after 24 hours."""

    id = RandomIdField()
    sealed = models.BinaryField()
    made_at_ms = models.BigIntegerField()


class Receipt(models.Model):
    """How many automatic receipts went to one address while the key of the day holds; goes with that key."""

    id = RandomIdField()
    day = models.ForeignKey(DayKey, on_delete=models.CASCADE, related_name="receipts")
    mark = models.BinaryField(max_length=32)
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "mark"], name="one_count_by_address")]
