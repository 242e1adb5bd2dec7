"""Published hours in OpenStreetMap's `opening_hours` syntax: open now, until when, opens when, and the usual week.

The library reads the syntax, passes midnight and knows public holidays by country. What it parsed is kept: the same
few hundred rules are asked again on every page.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from opening_hours import (  # type: ignore[attr-defined]  # the stubs leave the errors out
    OpeningHours,
    ParserError,
    State,
    UnknownCountryError,
)

DAY = dt.timedelta(days=1)
_MOST_STEPS = 20
# Further ahead nobody is told of a change, and the worst rule costs little.
_LONGEST = 800


@dataclass(frozen=True)
class Answer:
    """At one moment. `until`: the next change, None when there is none or it is not known."""

    state: Literal["open", "closed", "unknown"]
    until: dt.datetime | None = None


UNKNOWN = Answer("unknown")


@lru_cache(maxsize=512)
def zone_of(name: str) -> ZoneInfo:
    """The zone, read from its file once: Python itself keeps only eight."""
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def parsed(rule: str, zone: str, country: str) -> OpeningHours | None:
    """The rule as the library understands it; None when it does not parse. An unknown country has no holidays."""
    try:
        return OpeningHours(rule, timezone=zone_of(zone), country=country or None, max_interval_days=_LONGEST)
    except UnknownCountryError:
        return parsed(rule, zone, "")
    except ParserError:
        return None


def problem_of(rule: str) -> bool:
    """Whether the rule cannot be read."""
    try:
        OpeningHours(rule)
    except ParserError:
        return True
    return False


_Question = tuple[tuple[str, ...], str, str]
_MOST_ANSWERS = 4096
_answers: dict[_Question, tuple[dt.datetime, dt.datetime, Answer]] = {}


def answer_of(rules: Iterable[str], zone: str, country: str, now: dt.datetime) -> Answer:
    """Whether any of the rules says open at `now` (aware), and when that changes. No rule: not known.

    Hours that follow each other without a gap, as of two groups of staff, are one opening. An answer that names its
    next change is the answer to every moment before that, and is kept.
    """
    question = (tuple(rules), zone, country)
    kept = _answers.get(question)
    if kept is not None and kept[0] <= now < kept[1]:
        return kept[2]
    answer = _answer_at(question, now)
    # In between such a rule may say that it does not know.
    if answer.until is not None and not any('"' in rule or "unknown" in rule for rule in question[0]):
        if len(_answers) >= _MOST_ANSWERS:
            _answers.clear()
        _answers[question] = (now, answer.until, answer)
    return answer


def _answer_at(question: _Question, now: dt.datetime) -> Answer:
    rules, zone, country = question
    known = [hours for rule in rules if (hours := parsed(rule, zone, country)) is not None]
    if not known:
        return UNKNOWN
    local = now.astimezone(zone_of(zone))
    if _any_open(known, local):
        return Answer("open", _closes(known, local))
    if any(hours.is_unknown(local) for hours in known):
        return UNKNOWN
    changes = [change for hours in known if (change := _next_open(hours, local)) is not None]
    return Answer("closed", min(changes, default=None))


def _any_open(known: list[OpeningHours], moment: dt.datetime) -> bool:
    return any(hours.is_open(moment) for hours in known)


def _closes(known: list[OpeningHours], moment: dt.datetime) -> dt.datetime | None:
    for _ in range(_MOST_STEPS):
        ends = [hours.next_change(moment) for hours in known if hours.is_open(moment)]
        if not ends:
            break
        if None in ends:
            return None
        moment = max(end for end in ends if end is not None)
    return moment.astimezone(dt.UTC)


def _next_open(hours: OpeningHours, moment: dt.datetime) -> dt.datetime | None:
    for _ in range(_MOST_STEPS):
        change = hours.next_change(moment)
        if change is None:
            return None
        if hours.is_open(change):
            return change.astimezone(dt.UTC)
        moment = change
    return None


@dataclass(frozen=True)
class DayTimes:
    """One opening of the usual week: Monday is 0; closing at or before opening means the next day."""

    weekday: int
    opens: dt.time
    closes: dt.time


@lru_cache(maxsize=4096)
def usual_week(rule: str, monday: dt.date) -> tuple[DayTimes, ...]:
    """What the rule says of the week that begins on `monday`, leaving public holidays aside. () when unreadable."""
    hours = parsed_plain(rule)
    if hours is None:
        return ()
    start = dt.datetime.combine(monday, dt.time(0))
    found: list[DayTimes] = []
    # From the day before: what is open as Monday begins belongs to Sunday.
    for begins, ends, state, _comment in hours.intervals(start - DAY):
        if begins >= start + 7 * DAY:
            break
        if state is not State.OPEN:
            continue
        found += _by_day(begins, ends or start + 8 * DAY, start)
    return tuple(found)


def _by_day(begins: dt.datetime, ends: dt.datetime, start: dt.datetime) -> list[DayTimes]:
    times = []
    while ends - begins > DAY or (ends - begins == DAY and begins.time() == dt.time(0)):
        times.append((begins, begins + DAY if begins.time() == dt.time(0) else _midnight_after(begins)))
        begins = times[-1][1]
    if ends > begins:
        times.append((begins, ends))
    last = start + 7 * DAY
    return [DayTimes(one.weekday(), one.time(), two.time()) for one, two in times if start <= one < last]


def _midnight_after(moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(moment.date() + DAY, dt.time(0))


@lru_cache(maxsize=4096)
def parsed_plain(rule: str) -> OpeningHours | None:
    """The rule without zone and country, for the usual week."""
    try:
        return OpeningHours(rule)
    except ParserError:
        return None


def is_always(rule: str) -> bool:
    """Whether the rule is open day and night, every day of the year."""
    hours = parsed_plain(rule)
    probe = dt.datetime.combine(dt.date(2024, 1, 1), dt.time(0))
    return hours is not None and hours.is_open(probe) and hours.next_change(probe) is None


def holidays_said(rule: str) -> Literal["", "closed", "own"]:
    """What the rule says of public holidays: nothing, closed, or hours that it names."""
    if "PH" not in rule:
        return ""
    parts = [part.strip() for part in rule.replace("||", ";").split(";")]
    closed = any(part in {"PH off", "PH closed"} for part in parts)
    return "closed" if closed else "own"


def rule_of_week(times: Iterable[DayTimes], *, closed_on_holidays: bool = False) -> str:
    """A rule for a plain week: the answer of the form that asks day by day."""
    names = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    by_day: dict[int, list[str]] = {}
    for one in sorted(times, key=lambda one: (one.weekday, one.opens)):
        closes = "24:00" if one.closes == dt.time(0) else f"{one.closes:%H:%M}"
        by_day.setdefault(one.weekday, []).append(f"{one.opens:%H:%M}-{closes}")
    runs: list[tuple[int, int, str]] = []
    for weekday in range(7):
        hours = ",".join(by_day.get(weekday, []))
        if runs and runs[-1][2] == hours and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday, hours)
        else:
            runs.append((weekday, weekday, hours))
    said = [
        f"{names[first]}-{names[last]} {hours}" if first != last else f"{names[first]} {hours}"
        for first, last, hours in runs
        if hours
    ]
    if said == ["Mo-Su 00:00-24:00"] and not closed_on_holidays:
        return "24/7"
    if said and closed_on_holidays:
        said.append("PH off")
    return "; ".join(said)
