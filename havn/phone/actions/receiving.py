"""A signed message of a telephone system, from its headers and bytes to what it does. The answer is plain JSON.

What was sent is never repeated in an answer, nor in a log.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from havn.common import signatures as signature
from havn.common.bucket import Bucket
from havn.common.errors import Refused
from havn.phone.actions.events import take_event
from havn.phone.rules import messages
from havn.phone.sealing import signing_keys
from havn.tenancy.models import Service

# Of one helpline in one process: a busy evening is a call in a second, with three events each.
_allowed = Bucket(per_second=20, burst=200)


@dataclass(frozen=True)
class Answer:
    """What the sender is told. A status of the 200s: do not send again."""

    status: int
    told: dict[str, str | bool]


def receive(service: Service, *, headers: Mapping[str, str], body: bytes, now_ms: int) -> Answer:
    """Check and take one message. `headers` are looked up by `webhook-id`, `webhook-timestamp`, `webhook-signature`.

    The same id again, within the time that its signature holds, is answered 200 with "taken": false and does nothing:
    a sender that missed our answer may send again, and nobody can play a message twice.

    Only what one of the helpline's secrets signed counts towards "too many": whoever else sends slows no event down.
    """
    if len(body) > messages.LONGEST_BODY:
        return _no(413, "too-large", "The body is longer than 8 KB.")
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not message_id or len(message_id) > signature.LONGEST_ID or not message_id.isascii():
        return _no(400, "unsigned", "The headers webhook-id, webhook-timestamp and webhook-signature are needed.")
    why = signature.why_not_timely(timestamp, now_s=now_ms / 1000)
    if why == "old":
        return _no(401, "old", "webhook-timestamp is more than five minutes from our clock.")
    if why is not None:
        return _no(400, "unsigned", "webhook-timestamp must be whole seconds since 1970.")
    signed_by = signature.which_signed(
        signing_keys(service.pk), message_id=message_id, timestamp=timestamp, body=body, signatures=signatures
    )
    if signed_by is None:
        return _no(401, "signature", "None of this helpline's secrets made this signature.")
    if not _allowed.take(service.pk, now_ms):
        return _no(429, "too-fast", "Too many messages. Wait a second and send again.")
    try:
        event = messages.read(body, now_ms=now_ms)
        taken = take_event(service=service, event=event, message_id=message_id, secret_id=signed_by, now_ms=now_ms)
    except messages.Unreadable as unreadable:
        return _no(400, "unreadable", unreadable.sentence)
    except Refused as refusal:
        return _no(409, "refused", refusal.sentence)
    return Answer(200, {"taken": taken})


def _no(status: int, code: str, sentence: str) -> Answer:
    return Answer(status, {"error": sentence, "code": code})
