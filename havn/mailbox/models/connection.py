"""How e-mail comes in to a helpline."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class Mailbox(models.Model):
    """What a helpline sets, and how it went lately. Without a row it takes no e-mail."""

    class Security(models.TextChoices):
        TLS = "tls", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", "None, on this machine only"

    class After(models.TextChoices):
        DELETE = "delete", "Delete it from the mailbox"
        KEEP = "keep", "Leave it there, marked as read"

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="mailbox")
    address = models.CharField(max_length=200, help_text="The helpline's own address. Answers come from it.")
    separator = models.CharField(
        max_length=1, default="+", blank=True, help_text="Before the token in the address for answers; none: no token."
    )
    receipts_a_day = models.PositiveSmallIntegerField(default=2, help_text="Automatic receipts to one address.")
    site = models.CharField(
        max_length=200, blank=True, help_text="Where our pages are, such as https://centre.example."
    )
    is_on = models.BooleanField(default=False, help_text="Fetch from the mailbox below.")
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=200, blank=True)
    password_sealed = models.BinaryField(default=b"", help_text="Sealed to the server's key.")
    folder = models.CharField(max_length=100, default="INBOX")
    after = models.CharField(max_length=6, choices=After.choices, default=After.DELETE)
    version = models.PositiveIntegerField(default=1, help_text="Counts changes: who is connected begins anew.")
    looked_at_ms = models.BigIntegerField(null=True, help_text="When the mailbox last answered.")
    failing_since_ms = models.BigIntegerField(null=True)
    trouble = models.CharField(max_length=20, blank=True, help_text="A code of `words.py`.")
    left_lying = models.PositiveIntegerField(
        default=0, help_text="E-mails that could not be taken and lie there still."
    )
    last_mail_ms = models.BigIntegerField(null=True)
    held_by = models.CharField(max_length=40, blank=True, help_text="The worker that is connected.")
    held_until_ms = models.BigIntegerField(default=0)


class HookSecret(models.Model):
    """A secret that whoever hands e-mail over signs with, sealed to the server's key. Several hold at once."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="mail_secrets")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    used_at = models.DateTimeField(null=True, help_text="When it last signed an e-mail, to the minute.")
