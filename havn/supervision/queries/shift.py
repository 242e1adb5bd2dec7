"""What calls at a helpline now: raised hands, escalations without a second person, whispers and asked colleagues.

One snapshot is read for all desks and walls of a service; what each person is told of it is decided in memory.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from havn.accounts.models import Membership
from havn.common.clock import now_ms as clock_ms
from havn.helpline.models import Turn
from havn.helpline.rules.roles import SUPERVISES
from havn.supervision.models import Escalation, RaisedHand, SideTalkPart, SideTalkWords, Whisper
from havn.supervision.rules.escalation import is_overdue
from havn.tenancy.models import Service


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand that is up. `conversation_id` None: for oneself."""

    duty_id: int
    user_id: int
    name: str
    conversation_id: int | None
    raised_at_ms: int
    coming_id: int | None
    coming: str


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """An escalation that is not closed."""

    id: int
    conversation_id: int
    by_id: int | None
    by: str
    opened_at_ms: int
    due_at_ms: int
    second_id: int | None
    second: str
    close_asked_by_id: int | None
    overdue: bool
    left: bool  # a second person went off duty, and none has come since


@dataclass(frozen=True)
class Shift:
    """Everything of one service, as it stood at `at_ms`."""

    service_id: int
    at_ms: int
    supervisors: frozenset[int]
    hands: tuple[Hand, ...]
    escalations: tuple[OpenEscalation, ...]
    whispers: tuple[tuple[int, int, int], ...]  # conversation, counsellor, how many
    asked: tuple[tuple[int, int], ...]  # side talk, user who was asked and has not come
    side_talks: tuple[tuple[int, int, int], ...]  # user in it, side talk, words of others


def shift_at(service_id: int, now_ms: int | None = None) -> Shift:
    """Read it: a handful of queries, each by an index."""
    at = clock_ms() if now_ms is None else now_ms
    return Shift(
        service_id=service_id,
        at_ms=at,
        supervisors=_supervisors(service_id),
        hands=hands_at(service_id),
        escalations=escalations_at(service_id, now_ms=at),
        whispers=_whispers(service_id),
        asked=tuple(
            SideTalkPart.objects.filter(
                conversation__turn__service_id=service_id,
                talk__closed_at_ms__isnull=True,
                joined_at_ms__isnull=True,
                left_at_ms__isnull=True,
            ).values_list("talk_id", "user_id")
        ),
        side_talks=_side_talks(service_id),
    )


def for_staff(shift: Shift, user_id: int) -> dict[str, Any]:
    """For a colleague's stream: numbers only, no word of anything."""
    leads = user_id in shift.supervisors
    mine = next((hand for hand in shift.hands if hand.user_id == user_id), None)
    calls = [hand for hand in shift.hands if hand.coming_id is None and hand.user_id != user_id]
    waiting = [one for one in shift.escalations if one.second_id is None and one.by_id != user_id]
    return {
        "hands": [[str(hand.duty_id), hand.raised_at_ms] for hand in calls] if leads else [],
        "standing": sorted(f"{hand.duty_id}:{hand.coming_id}:{hand.raised_at_ms}" for hand in shift.hands)
        if leads
        else [],
        "coming": mine.coming_id if mine else None,
        "raised": mine.raised_at_ms if mine else None,
        "escalations": sorted(f"{one.id}:{one.second_id}:{one.overdue}" for one in shift.escalations),
        "overdue": [str(one.id) for one in waiting if one.overdue] if leads else [],
        "whispers": {str(talk): count for talk, counsellor, count in shift.whispers if counsellor == user_id},
        "asked": [str(talk) for talk, user in shift.asked if user == user_id],
        "side_talks": {str(talk): words for user, talk, words in shift.side_talks if user == user_id},
    }


def hands_at(service_id: int) -> tuple[Hand, ...]:
    """The hands of open duties, the one that is up longest first."""
    rows = (
        RaisedHand.objects.filter(duty__service_id=service_id, duty__ended_at_ms__isnull=True)
        .order_by("raised_at_ms")
        .values_list(
            "duty_id", "duty__user_id", "duty__user__name", "conversation_id", "raised_at_ms", "coming_id",
            "coming__name",
        )
    )  # fmt: skip
    return tuple(Hand(*row[:-1], row[-1] or "") for row in rows)


def escalations_at(service_id: int, *, now_ms: int) -> tuple[OpenEscalation, ...]:
    """Those that are not closed: without a second person first, then by age."""
    rows = Escalation.objects.filter(service_id=service_id, closed_at_ms__isnull=True).select_related(
        "opened_by", "second"
    )
    found = [
        OpenEscalation(
            id=row.pk,
            conversation_id=row.conversation_id,
            by_id=row.opened_by_id,
            by=row.opened_by.name if row.opened_by else "",
            opened_at_ms=row.opened_at_ms,
            due_at_ms=row.due_at_ms,
            second_id=row.second_id,
            second=row.second.name if row.second else "",
            close_asked_by_id=row.close_asked_by_id,
            overdue=is_overdue(due_at_ms=row.due_at_ms, has_second=row.second_id is not None, now_ms=now_ms),
            left=row.second_left_at_ms is not None,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.second_id is not None, one.opened_at_ms)))


def _supervisors(service_id: int) -> frozenset[int]:
    organisation = Service.objects.filter(pk=service_id).values("organisation_id")
    held = Membership.objects.filter(organisation_id__in=organisation, role__in=SUPERVISES, user__is_active=True)
    return frozenset(held.values_list("user_id", flat=True))


def _whispers(service_id: int) -> tuple[tuple[int, int, int], ...]:
    rows = Whisper.objects.filter(
        conversation__turn__service_id=service_id,
        conversation__turn__state=Turn.State.TALKING,
        conversation__turn__counsellor_id=F("to_id"),
    ).values_list("conversation_id", "to_id")
    counts = Counter((talk, to) for talk, to in rows if to is not None)
    return tuple((talk, counsellor, count) for (talk, counsellor), count in counts.items())


def _side_talks(service_id: int) -> tuple[tuple[int, int, int], ...]:
    open_here = {
        "talk__conversation__turn__service_id": service_id,
        "talk__closed_at_ms__isnull": True,
    }
    words = list(SideTalkWords.objects.filter(**open_here).values_list("talk_id", "by_id"))
    parts = SideTalkPart.objects.filter(joined_at_ms__isnull=False, left_at_ms__isnull=True, **open_here)
    people = set(parts.values_list("user_id", "talk_id")) | {
        (row[1], row[0]) for row in parts.values_list("talk_id", "talk__opened_by_id")
    }
    return tuple((user, talk, sum(one == talk and by != user for one, by in words)) for user, talk in people)
