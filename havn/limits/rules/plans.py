"""Care plans: how long one lives, how often it was used, and what it may say."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Between these a helpline chooses how long a plan stays after it was used last.
KEEP_DAYS = (30, 365)
# A plan for which no code was ever asked cannot be used again: it waits for that as long as a child may think it over.
UNCLAIMED_DAYS = 14
LONGEST = 2000
TALKS_MOST = 21


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says. `for_child` and the number of talks are what its child reads; the rest is for counsellors."""

    helps: str = ""
    not_helps: str = ""
    who_knows: str = ""
    for_child: str = ""
    talks_a_week: int | None = None


def plan_of(values: Mapping[str, object]) -> Plan:
    """A plan from what was stored or sent: texts trimmed and cut to length, a number of talks from 1 to 21 or none."""
    talks = values.get("talks_a_week")
    fits = isinstance(talks, int) and 1 <= talks <= TALKS_MOST
    return Plan(
        helps=_text(values, "helps"),
        not_helps=_text(values, "not_helps"),
        who_knows=_text(values, "who_knows"),
        for_child=_text(values, "for_child"),
        talks_a_week=talks if fits and isinstance(talks, int) else None,
    )


def goes_on(*, made_on: dt.date, used_on: dt.date | None, has_code: bool, keep_days: int) -> dt.date:
    """The first day on which the purge destroys it, if it is not used again before."""
    if not has_code:
        return made_on + dt.timedelta(days=UNCLAIMED_DAYS)
    return (used_on or made_on) + dt.timedelta(days=keep_days)


def uses_within(uses: Iterable[tuple[dt.date, int]], *, today: dt.date, days: int) -> int:
    """How many talks used it on the last so many days, today among them."""
    since = today - dt.timedelta(days=days - 1)
    return sum(times for day, times in uses if since <= day <= today)


def _text(values: Mapping[str, object], name: str) -> str:
    return str(values.get(name) or "").strip()[:LONGEST]
