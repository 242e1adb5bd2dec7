"""When a channel is open: weekly hours, exceptions and public holidays, in the centre's own time zone.

Hours belong to the day they begin on: 22:00–02:00 on a Friday runs into Saturday, whatever Saturday's own hours are.
On the two nights the clocks change, a channel opens at the first moment the clock shows the hour (or has jumped over
it) and closes at the last moment the clock still shows less than the closing hour: never less than was promised.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
SUNDAY = 6

COORDINATORS_NEEDED = 1
COUNSELLORS_NEEDED = 2
PATIENCE = dt.timedelta(minutes=10)
"""How long a shift may be below its minimum before new starts are refused."""

LOOK_AHEAD_DAYS = 800
"""How far the next opening is searched; beyond it the answer is "never"."""


@dataclass(frozen=True)
class Hours:
    """From `opens` to `closes` on the wall clock. Closing at or before opening means the next day; equal is 24 h."""

    opens: dt.time
    closes: dt.time


@dataclass(frozen=True)
class WeeklyHours:
    """Hours that come back every week on `weekday` (Monday 0), from `valid_from` to `valid_to`, both included."""

    weekday: int
    hours: Hours
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the rule is in force on this date, whatever its weekday."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


ROUND_THE_CLOCK = tuple(WeeklyHours(weekday, Hours(dt.time(0), dt.time(0))) for weekday in range(7))


@dataclass(frozen=True)
class DateHours:
    """An exception for the dates `first` to `last`, both included. `hours` None: closed."""

    first: dt.date
    last: dt.date
    hours: Hours | None = None
    reason: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether this date is one of the exception's."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Schedule:
    """Everything that decides when one channel of one service is open."""

    zone: str
    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[DateHours, ...] = ()
    holidays: Mapping[dt.date, str] = field(default_factory=dict)
    on_holidays: str = "usual"
    holiday_hours: Hours | None = None
    always: bool = False
    stop_admitting: dt.timedelta = dt.timedelta()


@dataclass(frozen=True)
class Staffing:
    """Who is on duty now. `below_since`: since when fewer than the minimum were; None when never since enough were."""

    coordinators: int
    counsellors: int
    below_since: dt.datetime | None = None

    @property
    def enough(self) -> bool:
        """A coordinator and at least two counsellors."""
        return self.coordinators >= COORDINATORS_NEEDED and self.counsellors >= COUNSELLORS_NEEDED


@dataclass(frozen=True)
class Span:
    """Open from `start` until just before `end`, both UTC."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class Opening:
    """The answer at one moment. All times are aware and UTC.

    `open`: the hours say open. `admits`: a new talk may start now. `why`, one of
    "open" (admits), "always" (admits, day and night), "demo" (admits, whatever the hours),
    "closing" (open, but too near closing to start), "staff" (open, but too few on duty to start),
    "hours" (closed by the weekly hours), "exception" (closed by a dated exception), "holiday" (closed by a public
    holiday), "never" (no opening within two years; then `opens_at` is None).
    `closes_at` and `stops_admitting_at` are None when closed or always open. `opens_at` is the next opening after
    now (when open: the one after this closing); None only with "always", "demo" and "never".
    `reason` is the exception's or the holiday's own words, when those close it.
    """

    open: bool
    admits: bool
    why: str
    closes_at: dt.datetime | None = None
    stops_admitting_at: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    reason: str = ""


def hours_on(schedule: Schedule, day: dt.date) -> tuple[list[Hours], str, str]:
    """The hours that begin on a date, why ("week", "exception", "holiday") and in whose words.

    A dated exception beats a public holiday, which beats the week. Of several exceptions on one date, "closed" wins.
    """
    exceptions = [exception for exception in schedule.exceptions if exception.holds_on(day)]
    if exceptions:
        closed = next((exception for exception in exceptions if exception.hours is None), None)
        if closed:
            return [], "exception", closed.reason
        return [e.hours for e in exceptions if e.hours], "exception", exceptions[0].reason
    weekday, why, reason = day.weekday(), "week", ""
    if day in schedule.holidays and schedule.on_holidays != "usual":
        why, reason = "holiday", schedule.holidays[day]
        if schedule.on_holidays == "closed":
            return [], why, reason
        if schedule.on_holidays == "own":
            return [schedule.holiday_hours] if schedule.holiday_hours else [], why, reason
        weekday = SUNDAY
    return [rule.hours for rule in schedule.weekly if rule.weekday == weekday and rule.holds_on(day)], why, reason


def spans_between(schedule: Schedule, first: dt.date, last: dt.date) -> list[Span]:
    """The open times that begin on the dates `first` to `last`, in order, touching and overlapping ones joined."""
    zone = ZoneInfo(schedule.zone)
    spans: list[Span] = []
    day = first
    while day <= last:
        for hours in hours_on(schedule, day)[0]:
            span = _span(day, hours, zone)
            if span.start < span.end:
                spans.append(span)
        day += DAY
    return _joined(spans)


@dataclass(frozen=True)
class DayPlan:
    """One date of a preview: the times that begin on it, on the local clock, and whose words decide ("" the week)."""

    day: dt.date
    times: tuple[tuple[dt.datetime, dt.datetime], ...]
    why: str
    reason: str

    @property
    def clock(self) -> list[str]:
        """The times as the centre's clock shows them: ["14:00–22:00"]."""
        return [f"{start:%H:%M}–{end:%H:%M}" for start, end in self.times]


def plan(schedule: Schedule, first: dt.date, days: int) -> list[DayPlan]:
    """What the schedule says for each of `days` dates from `first`. An always open channel has 24 hours a day."""
    zone = ZoneInfo(schedule.zone)
    shown = Schedule(zone=schedule.zone, weekly=ROUND_THE_CLOCK) if schedule.always else schedule
    plans = []
    for number in range(days):
        day = first + number * DAY
        _, why, reason = hours_on(shown, day)
        spans = spans_between(shown, day, day)
        times = tuple((span.start.astimezone(zone), span.end.astimezone(zone)) for span in spans)
        plans.append(DayPlan(day, times, why, reason))
    return plans


def opening_at(schedule: Schedule, now: dt.datetime, staffing: Staffing | None = None) -> Opening:
    """Whether the channel is open at `now` (aware), until when, and when it opens next.

    `staffing` None: the service needs no minimum on duty.
    """
    now = now.astimezone(dt.UTC)
    if schedule.always:
        return _staffed(Opening(open=True, admits=True, why="always"), staffing, now)
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    current, following = None, None
    for reach in (14, LOOK_AHEAD_DAYS):
        spans = spans_between(schedule, today - 3 * DAY, today + reach * DAY)
        current = next((span for span in spans if span.start <= now < span.end), None)
        following = next((span for span in spans if span.start > now), None)
        if following:
            break
    opens_at = following.start if following else None
    if current is None:
        return _closed(schedule, today, opens_at)
    stops = max(current.start, current.end - schedule.stop_admitting)
    admits = now < stops
    opening = Opening(
        open=True,
        admits=admits,
        why="open" if admits else "closing",
        closes_at=current.end,
        stops_admitting_at=stops,
        opens_at=opens_at,
    )
    return _staffed(opening, staffing, now)


def _closed(schedule: Schedule, today: dt.date, opens_at: dt.datetime | None) -> Opening:
    if opens_at is None:
        return Opening(open=False, admits=False, why="never")
    _, why, reason = hours_on(schedule, today)
    why = why if why in {"exception", "holiday"} else "hours"
    return Opening(open=False, admits=False, why=why, opens_at=opens_at, reason=reason)


def _staffed(opening: Opening, staffing: Staffing | None, now: dt.datetime) -> Opening:
    if staffing is None or staffing.enough or not opening.admits:
        return opening
    if staffing.below_since is not None and now - staffing.below_since < PATIENCE:
        return opening
    return Opening(
        open=True,
        admits=False,
        why="staff",
        closes_at=opening.closes_at,
        stops_admitting_at=opening.stops_admitting_at,
        opens_at=opening.opens_at,
    )


def _span(day: dt.date, hours: Hours, zone: ZoneInfo) -> Span:
    start = dt.datetime.combine(day, hours.opens)
    end = dt.datetime.combine(day if hours.closes > hours.opens else day + DAY, hours.closes)
    return Span(first_moment(start, zone), after_last_moment(end, zone))


def first_moment(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first UTC moment at which the zone's clock shows `wall` or has jumped over it."""
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    return moment if _shows(moment, zone) == wall else _jump_over(wall, zone)


def after_last_moment(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment just after the last minute at which the zone's clock shows less than `wall`."""
    before = wall - MINUTE
    moment = before.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    return moment + MINUTE if _shows(moment, zone) == before else _jump_over(before, zone)


def _shows(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _jump_over(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment at which the clock jumps past `wall`, which it never shows."""
    late = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    early = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    while late - early > MINUTE:
        middle = early + ((late - early) / 2 // MINUTE) * MINUTE
        if _shows(middle, zone) > wall:
            late = middle
        else:
            early = middle
    return late


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
