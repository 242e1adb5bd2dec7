"""The contact record: kept as it is filled in, complete before the talk can be closed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.clock import from_ms
from havn.common.errors import Refused
from havn.helpline.actions.counting import count_turn
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.risk import judge
from havn.helpline.actions.telling import queue_changed
from havn.helpline.beside import check_may_end, tell_coded
from havn.helpline.models import Record, Turn
from havn.helpline.permissions import check_can_code, check_can_work_on
from havn.helpline.queries.figures import counts_on
from havn.helpline.queries.vocabularies import codes_of
from havn.helpline.rules.record import AGE_BANDS, RISKS, missing, platform_of, reasons_in_order
from havn.helpline.rules.risk import risk_to_keep
from havn.helpline.sealing import seal_text
from havn.live import api as live

FIELDS = ("reasons", "person", "age_band", "gender", "place", "platform", "online", "outcome", "risk")


class Overtaken(Refused):
    """Another tab saved the record first."""

    def __init__(self) -> None:
        super().__init__(_("The record was changed in another window. Load it again."))


@transaction.atomic
def save_record(
    *,
    actor: User,
    conversation_id: int,
    version: int,
    values: dict[str, Any],
    summary: str | None,
    key: bytes,
    risk_was: str | None = None,
) -> Record:
    """Keep what has been filled in so far. `values` holds any of `FIELDS`; unknown codes are dropped.

    `version` is the one the screen was made from: an older one raises `Overtaken`. `summary` None leaves it. The risk
    is the talk's too (`rules/risk.py`): imminent calls the supervisor from here as from the talk's head, and `risk_was`
    is what the screen showed, so that nothing is lowered unseen.
    """
    turn = locked(conversation_id)
    check_can_code(actor, turn)
    record, _new = Record.objects.get_or_create(pk=turn.pk)
    if record.completed_at is not None:
        raise Refused(_("This record is closed."))
    if record.version != version:
        raise Overtaken
    kept = cleaned(values, now_date=counts_on(turn), centre_id=turn.service.organisation.centre_id)
    standing = turn.risk or record.risk
    kept["risk"] = risk_to_keep(standing=standing, was=risk_was, sent=kept.get("risk", standing))
    for name, value in kept.items():
        setattr(record, name, value)
    if summary is not None:
        record.summary_nonce, record.summary_sealed = seal_text(
            summary[:4000], conversation_id=turn.pk, field="summary", key=key
        )
    record.version += 1
    record.save()
    judge(turn, risk=record.risk, key=key, by=actor.pk)
    return record


@transaction.atomic
def complete_and_close(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> Turn:
    """End the talk if it runs, count the contact and put the conversation away. Needs a complete record."""
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    record = Record.objects.filter(pk=turn.pk).first() or Record(pk=turn.pk)
    if record.completed_at is not None:
        raise Refused(_("This record is closed."))
    if lacking := missing(as_values(record)):
        raise Incomplete(lacking)
    if turn.state == Turn.State.TALKING:
        check_may_end(turn)
        finish(turn, by=Turn.EndedBy.COUNSELLOR, key=key, now_ms=now_ms, name=actor.shown_name)
    Record.objects.filter(pk=turn.pk).update(completed_at=from_ms(now_ms))
    tell_coded(turn, record, actor.pk, now_ms)
    live.leave(conversation_id=turn.pk, user_id=actor.pk, now_ms=now_ms)
    queue_changed(turn.service_id)
    # Nothing goes on the trail here: an entry's time would tell the talk's length, and so which contact it became.
    count_turn(turn, record=record)
    return turn


class Incomplete(Refused):
    """Fields of the record are missing; `fields` names them in the order of the form, `risk` what stands."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(_("Fill in the record before you close the talk."))
        self.fields = fields
        self.version, self.risk = 0, ""


def as_values(record: Record) -> dict[str, Any]:
    """The coded fields of a record by name."""
    return {name: getattr(record, name) for name in FIELDS}


def cleaned(values: dict[str, Any], *, now_date: dt.date, centre_id: int) -> dict[str, Any]:
    """The known fields with known codes only; what a vocabulary no longer holds becomes empty."""
    kept: dict[str, Any] = {}
    for name in FIELDS:
        if name not in values:
            continue
        value = values[name]
        if name == "reasons":
            kept[name] = reasons_in_order(list(value or []), codes_of("reason", now_date, centre_id))
        elif name == "online":
            kept[name] = value if value in (True, False) else None
        elif name == "platform":
            kept[name] = platform_of(str(value or ""))
        else:
            kept[name] = value if value in _choices(name, now_date, centre_id) else ""
    return kept


def _choices(name: str, now_date: dt.date, centre_id: int) -> set[str]:
    if name == "risk":
        return set(RISKS)
    if name == "age_band":
        return set(AGE_BANDS)
    return set(codes_of(name, now_date, centre_id))
