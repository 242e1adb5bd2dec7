"""Reads of the directory: all of it, or one country, in the same small number of queries however much there is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Max, Model, Q, QuerySet
from django.utils.translation import get_language

from havn.centres.api import TIMED, Channel, ContactPoint, Opening, Schedule, opening_at, schedules_of, staffing_of
from havn.common.page_cache import PAGES_SECONDS, state_of_pages
from havn.common.recent import Recent
from havn.directory.listing import Country, Directory, EntryNow, LastConfirmed, PointNow
from havn.directory.models import (
    CentreEntry,
    Confirmation,
    ContactHistory,
    Doubt,
    Entry,
    PublishedHours,
    Source,
)
from havn.directory.rules.freshness import freshness
from havn.directory.rules.hours import answer_of, zone_of
from havn.directory.rules.order import Wish, place_of, suits
from havn.tenancy.models import Centre, Service

Row = TypeVar("Row", bound=Model)


_recent: Recent["_Rows"] = Recent()
# As long as the page cache keeps texts (`common.page_cache.PAGES_SECONDS`), for the same reason.
_said: Recent[dict[Hashable, Any]] = Recent(times=PAGES_SECONDS)


def whole_directory(now: dt.datetime) -> Directory:
    """Every country of the network, by its code, as it stands in the database."""
    return Directory(now, _Rows(Centre.objects.national(), now).countries(now))


def directory_for_public(now: dt.datetime) -> Directory:
    """As `whole_directory`, from facts that may be a second old; who is open is answered for this very moment."""
    # Not by `reader_language`: the formal way of a language says other words.
    key = get_language()
    rows = _recent.known(key) or _recent.read(key, lambda: _public_rows(now))
    return Directory(now, rows.countries(now), rows.said)


def _public_rows(now: dt.datetime) -> "_Rows":
    """The rows with what was made of the same facts before they were read again."""
    # First: what is said of facts that are just being changed is not said of those after the change.
    key = get_language(), state_of_pages()
    rows = _Rows(Centre.objects.national(), now)
    said = _said.known(key)
    rows.said = _said.read(key, lambda: rows.said) if said is None else said
    return rows


def country_now(code: str, now: dt.datetime) -> Country | None:
    """One country by its ISO code in any case; None when the directory does not know it."""
    found = _Rows(Centre.objects.national().filter(country_code=code.upper()), now).countries(now)
    return found[0] if found else None


def entry_now(service_id: int, now: dt.datetime) -> EntryNow | None:
    """One entry, of a service that may have ended."""
    centres = Centre.objects.national().filter(organisations__services=service_id)
    services = Service.objects.filter(pk=service_id)
    countries = _Rows(centres, now, services).countries(now)
    return next((entry for country in countries for entry in country.entries), None)


def best_for(directory: Directory, wish: Wish, home: str) -> list[EntryNow]:
    """The helplines that may help, the best first: open now, in my language, in my country, for me."""
    fitting = [
        entry for entry in directory.entries if not entry.is_hotline and entry.points and suits(entry.line, wish)
    ]
    return sorted(fitting, key=lambda entry: place_of(entry.line, wish, home))


def history_of(centre: Centre) -> QuerySet[ContactHistory]:
    """What happened to the contact points of a country, the newest first."""
    return ContactHistory.objects.filter(service__organisation__centre=centre).select_related("service")


def last_confirmation(service_id: int) -> Confirmation | None:
    """The newest confirmation that all was right, with what it said."""
    return Confirmation.objects.filter(service=service_id, result=Confirmation.Result.RIGHT).first()


def _entry_of_centre(centre: Centre) -> CentreEntry:
    return centre.entry if hasattr(centre, "entry") else CentreEntry(centre=centre)


def _entry_of(service: Service) -> Entry:
    return service.entry if hasattr(service, "entry") else Entry(service=service)


class _Rows:
    """Everything that is stored, each kind read once and held by what it belongs to. It knows no clock but the day."""

    def __init__(self, centres: QuerySet[Centre], now: dt.datetime, services: QuerySet[Service] | None = None) -> None:
        self.centres = list(centres.select_related("entry").order_by("country_code", "pk"))
        known = {centre.pk: centre for centre in self.centres}
        if services is None:
            services = Service.objects.filter(Q(entry__isnull=True) | Q(entry__ended_on__isnull=True))
        mine = services.filter(organisation__centre__in=known)
        self.services = list(mine.select_related("organisation", "entry").order_by("organisation_id", "pk"))
        for service in self.services:
            service.organisation.centre = known[service.organisation.centre_id]
        ids = [service.pk for service in self.services]
        self.points = _by(ContactPoint.objects.filter(service__in=ids).order_by("order", "id"), "service_id")
        self.hours = _by(PublishedHours.objects.filter(point__service__in=ids), "point_id")
        self.doubts = _by(Doubt.objects.filter(centre__in=known, settled_at=None), "centre_id")
        self.doubts_of_service = _by((one for rows in self.doubts.values() for one in rows), "service_id")
        self.confirmed = _last_confirmed(ids)
        newest = Source.objects.filter(centre__in=known).values("centre").annotate(newest=Max("profile_updated"))
        self.source_dates = {row["centre"]: row["newest"] for row in newest}
        here = [service for service in self.services if service.organisation.centre.is_hosted]
        self.schedules = schedules_of(here, now.date())
        self.said: dict[Hashable, Any] = {}

    def countries(self, now: dt.datetime) -> list[Country]:
        """The countries with their entries at one moment."""
        by_centre: dict[int, list[EntryNow]] = defaultdict(list)
        days = {centre.pk: now.astimezone(zone_of(centre.time_zone)).date() for centre in self.centres}
        for service in self.services:
            today = days[service.organisation.centre_id]
            by_centre[service.organisation.centre_id].append(_Moment(self, now, today).entry_of(service))
        return [
            Country(
                centre=centre,
                entry=_entry_of_centre(centre),
                entries=by_centre[centre.pk],
                doubts=[doubt for doubt in self.doubts.get(centre.pk, ()) if doubt.service_id is None],
            )
            for centre in self.centres
        ]


@dataclass(frozen=True)
class _Moment:
    """What the rows say at one moment, on the date that a country has then."""

    rows: _Rows
    now: dt.datetime
    today: dt.date

    def entry_of(self, service: Service) -> EntryNow:
        """Everything that is known of a service now."""
        rows, centre, entry = self.rows, service.organisation.centre, _entry_of(service)
        last = rows.confirmed.get(service.pk)
        clock = _entry_of_centre(centre).clock_days
        return EntryNow(
            service=service,
            entry=entry,
            centre=centre,
            points=[self._point(point, centre) for point in rows.points.get(service.pk, ())],
            freshness=freshness(last.at if last else None, clock, self.now, entry.changed_at),
            confirmed_by=last.by_words if last else "",
            source_date=rows.source_dates.get(centre.pk, ""),
            doubts=rows.doubts_of_service.get(service.pk, ()),
        )

    def _point(self, point: ContactPoint, centre: Centre) -> PointNow:
        schedule = self._schedule(point, centre)
        hours = [] if schedule else self._in_force(point)
        opening = self._by_schedule(point, centre, schedule) if schedule else self._by_rules(point, centre, hours)
        return PointNow(point, hours, schedule, opening, centre.country_code)

    def _schedule(self, point: ContactPoint, centre: Centre) -> Schedule | None:
        """Where the service runs here, centres alone knows its hours."""
        if not centre.is_hosted:
            return None
        if point.emergency:
            return Schedule(zone=centre.time_zone, always=True)
        return self.rows.schedules.get((point.service_id, point.channel)) or Schedule(zone=centre.time_zone)

    def _by_schedule(self, point: ContactPoint, centre: Centre, schedule: Schedule) -> Opening | None:
        if not (schedule.always or schedule.weekly or schedule.exceptions) and point.channel != Channel.CHAT:
            return None
        own_chat = point.channel == Channel.CHAT and not point.url
        if own_chat and centre.is_demo:
            return Opening(open=True, admits=True, why="demo")
        opening = opening_at(schedule, self.now)
        # Who is on duty is asked only of a chat that its hours say is open: few run on one installation.
        if own_chat and opening.open:
            return opening_at(schedule, self.now, staffing_of(point.service_id, self.now))
        return opening

    def _in_force(self, point: ContactPoint) -> list[PublishedHours]:
        return [
            row
            for row in self.rows.hours.get(point.pk, ())
            if (row.valid_from is None or row.valid_from <= self.today)
            and (row.valid_to is None or self.today <= row.valid_to)
        ]

    def _by_rules(self, point: ContactPoint, centre: Centre, hours: list[PublishedHours]) -> Opening | None:
        if point.channel not in TIMED or not hours:
            return None
        rules = tuple(row.rule for row in hours if row.rule)
        answer = answer_of(rules, centre.time_zone, centre.country_code, self.now)
        if answer.state == "unknown":
            return None
        if answer.state == "open":
            if answer.until is None:
                return Opening(open=True, admits=True, why="always")
            return Opening(open=True, admits=True, why="open", closes_at=answer.until)
        return Opening(open=False, admits=False, why="hours" if answer.until else "never", opens_at=answer.until)


def _last_confirmed(ids: list[int]) -> dict[int, LastConfirmed]:
    right = Confirmation.objects.filter(service__in=ids, result=Confirmation.Result.RIGHT).order_by("at", "id")
    rows = right.only("service_id", "at", "by_words")
    return {row.service_id: LastConfirmed.of(row) for row in rows}


def _by(rows: Iterable[Row], name: str) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
