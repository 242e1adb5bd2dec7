"""Which talks are over, and what goes when."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Case, When

from havn.audit.models import Entry
from havn.common.clock import from_ms
from havn.helpline.models import HelplineSettings, Hold, Turn
from havn.helpline.retention.rules import Clock, Clocks, Talk, clock_of, goes_at_ms, hold_stands, is_over
from havn.live.models import Conversation
from havn.tenancy.models import Centre, Service

KINDS = "helpline."
PURGED = "helpline.retention.purged"


@dataclass(frozen=True)
class Kept:
    """A talk as the clock sees it."""

    id: int
    service_id: int
    talk: Talk
    held: bool


def today_in(centre: Centre, now: dt.datetime) -> dt.date:
    """The date on the centre's own calendar: a hold ends with its day there."""
    return now.astimezone(ZoneInfo(centre.time_zone)).date()


def clocks_of(service_ids: Iterable[int]) -> dict[int, Clocks]:
    """The clocks of these helplines; a helpline without settings has the defaults the product promises."""
    rows = HelplineSettings.objects.filter(pk__in=list(service_ids))
    found = {row.pk: Clocks(row.keep_days, row.keep_unfinished_hours) for row in rows}
    return {service_id: found.get(service_id, Clocks()) for service_id in service_ids}


def talks_of(centre: Centre, *, now: dt.datetime, ids: Sequence[int] | None = None) -> Iterator[Kept]:
    """The helpline's conversations of a centre (or those of `ids`), with whether a hold stands."""
    today = today_in(centre, now)
    held = {
        hold.conversation_id
        for hold in Hold.objects.filter(conversation__centre=centre)
        if hold_stands(confirmed=hold.confirmed_by_id is not None, until=hold.until, today=today)
    }
    rows = Conversation.objects.filter(centre=centre, kind__startswith=KINDS)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    columns = ("pk", "service_id", "last_at_ms", "turn__channel", "turn__state", "turn__taken_at_ms")
    for pk, service_id, last_at_ms, channel, state, taken_at_ms in rows.values_list(*columns).iterator():
        talk = Talk(channel or "", state or "", taken_at_ms is not None, last_at_ms)
        yield Kept(pk, service_id, talk, pk in held)


def talks_over(centre: Centre, *, now: dt.datetime, ids: Sequence[int] | None = None) -> list[Kept]:
    """Those that the purge destroys now."""
    clocks = clocks_of(Service.objects.filter(organisation__centre=centre).values_list("pk", flat=True))
    now_ms = int(now.timestamp() * 1000)
    return [
        kept
        for kept in talks_of(centre, now=now, ids=ids)
        if is_over(kept.talk, clocks[kept.service_id], held=kept.held, now_ms=now_ms)
    ]


@dataclass
class Schedule:
    """What goes when, of one helpline: counts only."""

    service: Service
    clocks: Clocks
    kept: int = 0
    unfinished: int = 0
    held: int = 0
    due: int = 0
    by_day: Counter[dt.date] = field(default_factory=Counter)


def schedules(centre: Centre, services: Sequence[Service], *, now: dt.datetime) -> list[Schedule]:
    """Counts by clock and by the day they go, for these helplines. Talks whose time has come go with the next purge."""
    clocks = clocks_of([service.pk for service in services])
    found = {service.pk: Schedule(service, clocks[service.pk]) for service in services}
    zone, now_ms = ZoneInfo(centre.time_zone), int(now.timestamp() * 1000)
    for kept in talks_of(centre, now=now):
        one = found.get(kept.service_id)
        if one is None:
            continue
        if kept.held:
            one.held += 1
            continue
        at_ms = goes_at_ms(kept.talk, one.clocks)
        if clock_of(kept.talk) is Clock.KEPT:
            one.kept += 1
        else:
            one.unfinished += 1
        if at_ms <= now_ms:
            one.due += 1
        else:
            one.by_day[from_ms(at_ms).astimezone(zone).date()] += 1
    return list(found.values())


def sooner_gone(service: Service, new: Clocks, *, now: dt.datetime) -> int:
    """How many talks the next purge destroys by these clocks and would leave by the helpline's present ones."""
    old, now_ms = clocks_of([service.pk])[service.pk], int(now.timestamp() * 1000)
    return sum(
        is_over(kept.talk, new, held=kept.held, now_ms=now_ms)
        and not is_over(kept.talk, old, held=False, now_ms=now_ms)
        for kept in talks_of(service.organisation.centre, now=now)
        if kept.service_id == service.pk
    )


def is_held(turn: Turn, now: dt.datetime) -> bool:
    """Whether two people keep this talk now."""
    hold = Hold.objects.filter(pk=turn.pk).first()
    today = today_in(turn.service.organisation.centre, now)
    return hold is not None and hold_stands(confirmed=hold.confirmed_by_id is not None, until=hold.until, today=today)


def last_purge(centre_id: int) -> Entry | None:
    """The trail's entry of the last purge: its counts are the proof."""
    return Entry.objects.filter(centre_id=centre_id, action=PURGED).order_by("-seq").first()


def holds_of(services: Sequence[Service]) -> list[Hold]:
    """Holds at these helplines, unconfirmed ones first, then by their end."""
    rows = Hold.objects.filter(conversation__service__in=services).select_related(
        "conversation__service", "conversation__turn", "asked_by", "confirmed_by"
    )
    return sorted(rows, key=lambda hold: (hold.confirmed_by_id is not None, hold.until))


@dataclass(frozen=True)
class ToKeep:
    """A talk somebody may want to keep longer: when it was, whose, and when it goes."""

    id: int
    service: Service
    started: dt.datetime
    counsellor: str
    risk: str
    goes: dt.datetime


@dataclass(frozen=True)
class Page:
    """Some of the talks that could be kept: those from number `first` to number `last` of `of`, counted from 1."""

    talks: list[ToKeep]
    number: int
    first: int
    last: int
    of: int

    @property
    def before(self) -> int | None:
        """The number of the page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the page after this one."""
        return self.number + 1 if self.last < self.of else None


def talks_to_keep(
    centre: Centre, services: Sequence[Service], *, day: dt.date | None = None, number: int = 1, most: int
) -> Page:
    """A page of the answered talks without a hold, all of them or those that began on a day of the centre's calendar.

    Those of high risk come first, then those that go soonest. A page beyond the end is the last one. Nothing of what
    was said.
    """
    clocks = clocks_of([service.pk for service in services])
    rows = (
        Turn.objects.filter(service__in=services, taken_at_ms__isnull=False, conversation__hold__isnull=True)
        .filter(conversation__centre=centre)
        .select_related("conversation", "service", "counsellor")
        .annotate(grave=Case(When(risk__in=("high", "imminent"), then=0), default=1))
        .order_by("grave", "conversation__last_at_ms", "pk")
    )
    if day is not None:
        start, end = (_midnight_ms(centre, one) for one in (day, day + dt.timedelta(days=1)))
        rows = rows.filter(conversation__started_at_ms__gte=start, conversation__started_at_ms__lt=end)
    of = rows.count()
    number = max(1, min(number, -(-of // most)))
    first = (number - 1) * most
    talks = [
        ToKeep(
            id=turn.pk,
            service=turn.service,
            started=from_ms(turn.conversation.started_at_ms),
            counsellor=turn.counsellor.name if turn.counsellor else "",
            risk=turn.risk,
            goes=from_ms(goes_at_ms(_talk_of(turn), clocks[turn.service_id])),
        )
        for turn in rows[first : first + most]
    ]
    return Page(talks, number, min(first + 1, of), first + len(talks), of)


def goes_at(turn: Turn) -> dt.datetime:
    """When this talk goes by its clock, holds aside."""
    return from_ms(goes_at_ms(_talk_of(turn), clocks_of([turn.service_id])[turn.service_id]))


def _midnight_ms(centre: Centre, day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), ZoneInfo(centre.time_zone)).timestamp() * 1000)


def _talk_of(turn: Turn) -> Talk:
    return Talk(turn.channel, turn.state, turn.taken_at_ms is not None, turn.conversation.last_at_ms)
