"""Marks in place of what could name somebody: the same for the same, and of no use to anybody else."""

import hmac
import secrets

from django.db.models import F
from django.utils.crypto import salted_hmac

from havn.mailbox.models import DayKey, Receipt
from havn.mailbox.rules.reading import Mail
from havn.vault.api import open_for_server, seal_for_server

DAY_MS = 86_400_000
SEEN_KEPT_MS = 7 * DAY_MS
_PURPOSE = "mailbox:day"


def mail_mark(service_id: int, mail: Mail) -> bytes:
    """Of an e-mail at one helpline: of its name, sender and words, since some programs name two alike."""
    told = "\x00".join(
        (str(service_id), mail.kind, mail.message_id, mail.sender, mail.subject, mail.text, *mail.tokens)
    )
    return salted_hmac("havn.mailbox.mail", told, algorithm="sha256").digest()


def hook_mark(service_id: int, message_id: str) -> bytes:
    """Of the id of a signed message at one helpline."""
    return salted_hmac("havn.mailbox.hook", f"{service_id}:{message_id}", algorithm="sha256").digest()


def is_receipt_due(service_id: int, address: str, *, most: int, now_ms: int) -> bool:
    """Whether a further receipt may go to this address today; counts it. In the caller's transaction."""
    day = DayKey.objects.filter(made_at_ms__gt=now_ms - DAY_MS).order_by("made_at_ms", "pk").first()
    if day is None:
        sealed = seal_for_server(secrets.token_bytes(32), _PURPOSE)
        day = DayKey.objects.create(sealed=sealed, made_at_ms=now_ms)
    mark = hmac.digest(open_for_server(day.sealed, _PURPOSE), f"{service_id}:{address.lower()}".encode(), "sha256")
    if most < 1:
        return False
    if Receipt.objects.filter(day=day, mark=mark, times__lt=most).update(times=F("times") + 1):
        return True
    _receipt, new = Receipt.objects.get_or_create(day=day, mark=mark, defaults={"times": 1})
    return new
