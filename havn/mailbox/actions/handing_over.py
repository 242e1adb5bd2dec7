"""An e-mail handed over by a mail server, signed: from its headers and bytes to what became of it, as plain JSON.

Nothing of what was sent is repeated in an answer, nor in a log. A 200 comes after the commit: then it may be let go of.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from havn.common import signatures
from havn.common.bucket import Bucket
from havn.common.clock import from_ms
from havn.common.errors import Refused
from havn.mailbox.actions.receiving import Taken, take_mails
from havn.mailbox.marks import hook_mark
from havn.mailbox.models import HookSecret, SeenMail
from havn.mailbox.sealing import signing_keys
from havn.tenancy.models import Service

LONGEST = 3 * 1024 * 1024
# Of one helpline in one process.
_allowed = Bucket(per_second=20, burst=200)


@dataclass(frozen=True)
class Answer:
    """What the sender is told. A status of the 200s: do not send again."""

    status: int
    told: dict[str, str | bool]


def hand_over(service: Service, *, headers: Mapping[str, str], body: bytes, now_ms: int) -> Answer:
    """Check and take one e-mail, whose bytes are the body. Headers as in `common/signatures.py`.

    The same id again, within the time that its signature holds, is answered 200 with "taken": false and does nothing.
    Only what one of the helpline's secrets signed counts towards "too many".
    """
    if len(body) > LONGEST:
        return _no(413, "too-large", "The body is longer than 3 MB. Leave the end of it out: files are not kept.")
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or len(message_id) > signatures.LONGEST_ID or not message_id.isascii():
        return _no(400, "unsigned", "The headers webhook-id, webhook-timestamp and webhook-signature are needed.")
    why = signatures.why_not_timely(timestamp, now_s=now_ms / 1000)
    if why == "old":
        return _no(401, "old", "webhook-timestamp is more than five minutes from our clock.")
    if why is not None:
        return _no(400, "unsigned", "webhook-timestamp must be whole seconds since 1970.")
    signed_by = signatures.which_signed(
        signing_keys(service.pk),
        message_id=message_id,
        timestamp=timestamp,
        body=body,
        signatures=headers.get("webhook-signature", ""),
    )
    if signed_by is None:
        return _no(401, "signature", "None of this helpline's secrets made this signature.")
    if not _allowed.take(service.pk, now_ms):
        return _no(429, "too-fast", "Too many e-mails. Wait a second and send again.")
    try:
        return _take(service, body, message_id, signed_by, now_ms)
    except Refused:
        return _no(503, "not-taken", "No letter can begin at this helpline just now. Send it again later.")


def _take(service: Service, body: bytes, message_id: str, secret_id: int, now_ms: int) -> Answer:
    mark = hook_mark(service.pk, message_id)
    if SeenMail.objects.filter(service=service, mark=mark).exists():
        return Answer(200, {"taken": False})
    (became,) = take_mails(service, [body], now_ms=now_ms)
    if became is Taken.LEFT:
        return _no(422, "unreadable", "This e-mail could not be taken. Keep it and look at it.")
    with transaction.atomic():
        SeenMail.objects.get_or_create(service=service, mark=mark, defaults={"at_ms": now_ms})
        minute = now_ms - now_ms % 60_000
        HookSecret.objects.filter(pk=secret_id).update(used_at=from_ms(minute))
    return Answer(200, {"taken": became in (Taken.NEW, Taken.AGAIN, Taken.NOTED)})


def _no(status: int, code: str, sentence: str) -> Answer:
    return Answer(status, {"error": sentence, "code": code})
