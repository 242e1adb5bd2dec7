"""What supervision shows of one open talk: who took it over, the colleagues beside it, its escalation."""

from dataclasses import dataclass

from havn.accounts.models import User
from havn.common.once import once
from havn.helpline.models import Turn
from havn.supervision.models import SideTalk, SideTalkPart, TakeOver


@dataclass(frozen=True)
class SideTalkNow:
    """An open side talk as one of those in it sees it."""

    id: int
    mine: bool
    here: tuple[str, ...]
    asked: tuple[str, ...]


def take_over_of(turn: Turn) -> TakeOver | None:
    """The take-over that still holds: the one who took the talk has it. Read once for a page."""
    return once(("supervision.take-over", turn.pk, turn.counsellor_id), lambda: _take_over_of(turn))


def _take_over_of(turn: Turn) -> TakeOver | None:
    return (
        TakeOver.objects.select_related("by", "of")
        .filter(conversation_id=turn.pk, ended_at_ms__isnull=True, by_id=turn.counsellor_id)
        .first()
    )


def side_talk_of(turn: Turn, user: User) -> SideTalkNow | None:
    """The open side talk of a conversation, for those who take part in it."""
    talk = SideTalk.objects.select_related("opened_by").filter(conversation_id=turn.pk, closed_at_ms=None).first()
    if talk is None:
        return None
    parts = list(talk.parts.filter(left_at_ms__isnull=True).select_related("user"))
    mine = talk.opened_by_id == user.pk
    if not mine and not any(part.user_id == user.pk and part.joined_at_ms is not None for part in parts):
        return None
    here = [talk.opened_by.name, *(part.user.name for part in parts if part.joined_at_ms is not None)]
    return SideTalkNow(
        id=talk.pk,
        mine=mine,
        here=tuple(here),
        asked=tuple(part.user.name for part in parts if part.joined_at_ms is None),
    )


def asked_into(user: User, service_id: int) -> list[SideTalkPart]:
    """The side talks this person was asked into and has not come to yet."""
    rows = SideTalkPart.objects.filter(
        user=user,
        joined_at_ms__isnull=True,
        left_at_ms__isnull=True,
        talk__closed_at_ms__isnull=True,
        conversation__turn__service_id=service_id,
    )
    return list(rows.select_related("talk__opened_by"))
