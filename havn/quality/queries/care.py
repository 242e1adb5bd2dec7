"""What waits for one person, what they have had, and who wants to talk."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from havn.accounts.models import Membership
from havn.helpline.models import Duty
from havn.helpline.rules.roles import SUPERVISES
from havn.quality.models import Answer, Debrief, DutyLoad, TalkWish
from havn.quality.queries.settings import quality_of
from havn.quality.rules.answers import NOW
from havn.quality.rules.load import ASKED_FOR_MS, Load, oldest_day, week_of
from havn.tenancy.models import Service


def debrief_waiting(service_id: int, user_id: int, *, now_ms: int) -> Debrief | None:
    """The two questions that wait for this person, not of an evening that is over."""
    rows = Debrief.objects.filter(service_id=service_id, user_id=user_id, asked_at_ms__gt=now_ms - ASKED_FOR_MS)
    return rows.first()


def wish_of(service_id: int, user_id: int) -> TalkWish | None:
    """What this person asked for and nobody has done yet."""
    return TalkWish.objects.filter(service_id=service_id, user_id=user_id).select_related("coming").first()


def wishes_at(service_id: int) -> list[TalkWish]:
    """Everybody who wants to talk: now before later, then who has waited longest."""
    rows = TalkWish.objects.filter(service_id=service_id).select_related("user", "coming")
    return sorted(rows, key=lambda one: (one.wish != NOW, one.since_ms))


def load_of(duty: Duty) -> DutyLoad | None:
    """What this duty has held."""
    return DutyLoad.objects.filter(duty=duty).first()


def as_load(row: DutyLoad) -> Load:
    """A row as the rules take it."""
    return Load(row.talks, row.minutes, row.in_a_row, row.minutes_since)


@dataclass(frozen=True)
class Week:
    """One week of one person: its duties with hard talks, the sums, and what was answered."""

    week: dt.date
    duties: list[DutyLoad]
    answers: list[Answer]

    @property
    def talks(self) -> int:
        """Hard conversations of the week."""
        return sum(one.talks for one in self.duties)

    @property
    def minutes(self) -> int:
        """Minutes in them."""
        return sum(one.minutes for one in self.duties)


def weeks_of(user_id: int, service_id: int, *, today: dt.date) -> list[Week]:
    """The weeks in which this person had any, or answered; the latest first."""
    since = oldest_day(today, keep_weeks=quality_of(service_id).keep_weeks)
    mine: dict[str, Any] = {"user_id": user_id, "service_id": service_id, "day__gte": since}
    duties = list(DutyLoad.objects.filter(**mine).order_by("-day"))
    answers = list(Answer.objects.filter(**mine).order_by("-day"))
    days = [one.day for one in duties] + [one.day for one in answers]
    mondays = {week_of(day) for day in days}
    return [
        Week(
            monday,
            [one for one in duties if week_of(one.day) == monday],
            [one for one in answers if week_of(one.day) == monday],
        )
        for monday in sorted(mondays, reverse=True)
    ]


@dataclass(frozen=True)
class Wishes:
    """Who wants to talk now, at one helpline, and who is told."""

    service_id: int
    supervisors: frozenset[int]
    now: tuple[tuple[int, int, int, int | None], ...]  # wish, user, since, who is coming
    later: int


def wishes_snapshot(service_id: int) -> Wishes:
    """Read once for all desks and walls of a service."""
    rows = list(
        TalkWish.objects.filter(service_id=service_id).values_list("pk", "user_id", "since_ms", "coming_id", "wish")
    )
    return Wishes(
        service_id=service_id,
        supervisors=frozenset(_supervisors(service_id)),
        now=tuple(sorted(row[:4] for row in rows if row[4] == NOW)),
        later=sum(row[4] != NOW for row in rows),
    )


def for_staff(wishes: Wishes, user_id: int) -> dict[str, Any]:
    """For a colleague's stream: numbers only. Who may not come is told of their own wish alone."""
    leads = user_id in wishes.supervisors
    calls = [[str(wish), since] for wish, user, since, coming in wishes.now if coming is None and user != user_id]
    mine = next((coming for _wish, user, _since, coming in wishes.now if user == user_id), None)
    return {
        "calls": calls if leads else [],
        "standing": [f"{wish}:{coming}" for wish, _user, _since, coming in wishes.now] if leads else [],
        "later": wishes.later if leads else 0,
        "coming": mine,
    }


def _supervisors(service_id: int) -> Iterable[int]:
    organisation = Service.objects.filter(pk=service_id).values("organisation_id")
    held = Membership.objects.filter(organisation_id__in=organisation, role__in=SUPERVISES, user__is_active=True)
    return held.values_list("user_id", flat=True)
