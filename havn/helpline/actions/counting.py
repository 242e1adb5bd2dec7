"""Counting every attempt once: answered, left while waiting, closed or refused.

The contact that stays knows codes, a half-hour and bands. Nothing in it, in its id or in the audit says which
conversation it was.

Its half-hour is the one in which it began: of a talk the moment when a counsellor took it, of an attempt that nobody
answered the moment when the waiting began. The trail tells when each talk was first read, which is when it was taken.
Counted from the waiting, a long wait would lie with a late reading and a short one with an early, and the two together
would tell which contact was which talk; counted from the taking, every reading of the half-hour fits every wait.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.common.clock import from_ms
from havn.helpline.actions.figures import count_in, take_out
from havn.helpline.models import Contact, ContactReason, Record, Turn
from havn.helpline.queries.figures import began_ms, counts_on
from havn.helpline.rules.figures import Reason
from havn.helpline.rules.record import WITHOUT_TALK, band, half_hour_of, weight_of
from havn.helpline.rules.turns import result_of
from havn.tenancy.models import Service
from havn.vocabularies.api import version_on


def count_turn(turn: Turn, *, record: Record | None = None) -> Contact | None:
    """Make the contact of a finished turn, once; None when it is counted already.

    A conversation is one contact in a half-hour, whichever of its attempts told most (`weight_of`). Call it inside the
    transaction that ends the turn or completes its record, with the turn's row locked.
    """
    if turn.counted:
        return None
    half_hour_ms = half_hour_of(began_ms(turn))
    result = result_of(turn.state, turn.ended_by)
    weight = weight_of(result, record.outcome if record else "")
    earlier = turn.counted_weight if turn.counted_half_hour_ms == half_hour_ms else None
    turn.counted = True
    if earlier is not None and earlier >= weight:
        turn.save(update_fields=["counted"])
        return None
    feedback = turn.feedback if earlier is None else _take_back(turn, earlier, half_hour_ms) or turn.feedback
    turn.counted_half_hour_ms, turn.counted_weight = half_hour_ms, weight
    turn.save(update_fields=["counted", "counted_half_hour_ms", "counted_weight"])
    taken_ms, ended_ms = turn.taken_at_ms, turn.ended_at_ms or turn.waiting_since_ms
    contact = Contact.objects.create(
        centre_id=turn.service.organisation.centre_id,
        service_id=turn.service_id,
        channel=turn.channel,
        half_hour=from_ms(half_hour_ms),
        waiting_band=band((taken_ms or ended_ms) - turn.waiting_since_ms),
        length_band=band(ended_ms - taken_ms) if taken_ms is not None else "",
        result=result,
        language=turn.language,
        age_band=(record.age_band if record else "") or turn.age_band,
        feedback=feedback,
        **(_codes(record) if record else {}),
    )
    coded = record is not None and record.outcome not in WITHOUT_TALK
    reasons = _keep_reasons(contact, record.reasons, counts_on(turn)) if record and coded else []
    count_in(contact, reasons, zone=ZoneInfo(turn.service.organisation.centre.time_zone))
    return contact


def _take_back(turn: Turn, weight: int, half_hour_ms: int) -> int | None:
    """Take one contact like the one that this turn's earlier attempt became out of the count; gives its feedback.

    Which one it became nothing says. One that counts for the same does as well.
    """
    # One that came with a file is the file's: taking the file back must find it.
    alike = Contact.objects.filter(
        batch__isnull=True,
        service_id=turn.service_id,
        channel=turn.channel,
        half_hour=from_ms(half_hour_ms),
        language=turn.language,
    )
    if weight == 0:
        alike = alike.exclude(result="answered").filter(age_band=turn.age_band)
    else:
        alike = alike.filter(result="answered", outcome__in=["", *WITHOUT_TALK])
    one = alike.select_for_update(skip_locked=True, of=("self",)).first()
    if one is None:
        return None
    take_out(one)
    one.delete()
    return one.feedback


def count_refusal(*, service: Service, channel: str, language: str, result: str, now_ms: int) -> Contact:
    """Count an attempt that never became a conversation. `result` is "closed" or "refused"."""
    return count_attempt(service=service, channel=channel, language=language, result=result, began_ms=now_ms)


def count_attempt(
    *,
    service: Service,
    channel: str,
    language: str,
    result: str,
    began_ms: int,
    waited_ms: int | None = None,
    length_ms: int | None = None,
) -> Contact:
    """Count an attempt that has no turn, such as a call that nobody answered. What is not known (None) has no band."""
    contact = Contact.objects.create(
        centre_id=service.organisation.centre_id,
        service=service,
        channel=channel,
        half_hour=from_ms(half_hour_of(began_ms)),
        waiting_band="" if waited_ms is None else band(waited_ms),
        length_band="" if length_ms is None else band(length_ms),
        result=result,
        language=language,
    )
    count_in(contact)
    return contact


def _codes(record: Record) -> dict[str, str | bool | None]:
    return {
        "person": record.person,
        "gender": record.gender,
        "place": record.place if record.online else "",
        "platform": record.platform if record.online else "",
        "online": record.online,
        "outcome": record.outcome,
        "risk": record.risk,
    }


def _keep_reasons(contact: Contact, codes: list[str], day: dt.date) -> list[Reason]:
    vocabulary = version_on("reason", on=day, centre_id=contact.centre_id)
    reasons = [Reason(vocabulary, code, place == 0) for place, code in enumerate(codes)]
    ContactReason.objects.bulk_create(
        ContactReason(contact=contact, vocabulary=one.vocabulary, code=one.code, main=one.main) for one in reasons
    )
    return reasons
