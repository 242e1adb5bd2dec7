"""Loading `data/centres.json`: 32 countries with their doubts intact. Again: what is there stays, the rest comes.

A country whose centre runs here keeps that centre, its ways in and its hours; only facts, sources and doubts are added.
"""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from havn.centres.api import ContactPoint
from havn.directory.countries import EMERGENCY_NUMBER, EMERGENCY_NUMBERS, ZONES
from havn.directory.facts import TOPICS, about_of
from havn.directory.models import CentreEntry, ContactHistory, Doubt, Entry, PublishedHours, Source
from havn.directory.rules import reading
from havn.directory.rules.reading import ReadPoint
from havn.tenancy.models import Centre, Organisation, Service

FILE = Path(__file__).parent / "data" / "centres.json"
COMPILED_ON = dt.date(2026, 11, 22)
BY = gettext_noop("Havn, from public pages")
NOT_KNOWN = "not-known"
"""The slug of an organisation whose name nobody told."""


@dataclass
class Loaded:
    """How many of each were made."""

    centres: int = 0
    services: int = 0
    points: int = 0
    doubts: int = 0


@transaction.atomic
def load_directory(path: Path = FILE) -> Loaded:
    """Write what the file says. Raises ValueError for a file of another shape."""
    facts = json.loads(path.read_text())
    if facts.get("schema") != 1:
        raise ValueError("This file has another shape than this release reads.")
    return _Load(facts["centres"]).run()


class _Load:
    """One run: reads what is there in a few queries, collects what is missing, writes it in a few more."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.at = dt.datetime.combine(COMPILED_ON, dt.time(12), dt.UTC)
        self.centres: dict[str, Centre] = {}
        self.organisations: dict[tuple[int, str], Organisation] = {}
        self.services: list[Service] = []
        self.known = set(Entry.objects.values_list("pk", flat=True))
        self.entries: list[Entry] = []
        self.doubts: list[Doubt] = []
        # A point with its hours, which need the point's row first.
        self.points: list[tuple[ContactPoint, ReadPoint]] = []

    def run(self) -> Loaded:
        """Centres, organisations and services first: everything else hangs on them."""
        self._centres()
        self._organisations()
        new = self._services()
        for centre, row, kind, said in self._said():
            self._entry(centre, row, kind, said, new)
        self._write()
        return Loaded(self.made, len(new), len(self.points), len(self.doubts))

    def _centres(self) -> None:
        self.centres = {centre.country_code: centre for centre in Centre.objects.national()}
        missing = [_centre(row) for row in self.rows if row["country_code"] not in self.centres]
        self.made = len(missing)
        self.centres.update({centre.country_code: centre for centre in Centre.objects.bulk_create(missing)})
        known = set(CentreEntry.objects.values_list("pk", flat=True))
        new = [row for row in self.rows if self.centres[row["country_code"]].pk not in known]
        CentreEntry.objects.bulk_create(_centre_entry(self.centres[row["country_code"]], row) for row in new)
        Source.objects.bulk_create(
            (
                Source(
                    centre=self.centres[row["country_code"]],
                    url=source["url"],
                    kind=source["kind"],
                    profile_updated=source["profile_updated"] or "",
                )
                for row in new
                for source in row["sources"]
            ),
            ignore_conflicts=True,
        )
        for row in new:
            centre = self.centres[row["country_code"]]
            for sentence in row["conflicts"]:
                self._doubt(centre, None, Doubt.Kind.CONFLICT, about_of(sentence), sentence)
            if not row["helplines"]:
                self._doubt(centre, None, Doubt.Kind.UNKNOWN, "helpline", row["note"] or "")

    def _said(self) -> list[tuple[Centre, dict[str, Any], str, dict[str, Any]]]:
        return [
            (self.centres[row["country_code"]], row, kind, said)
            for row in self.rows
            for kind, name in ((Service.Kind.HELPLINE, "helplines"), (Service.Kind.HOTLINE, "hotlines"))
            for said in row[name]
        ]

    def _organisations(self) -> None:
        rows = Organisation.objects.filter(centre__in=self.centres.values()).select_related("centre")
        self.organisations = {(one.centre_id, one.slug): one for one in rows}
        missing: dict[tuple[int, str], Organisation] = {}
        for centre, _row, kind, said in self._said():
            key = (centre.pk, _slug(said["operator"]))
            hosted_here = centre.is_hosted and self._hosted(centre, kind, said)
            if key not in self.organisations and not hosted_here:
                missing[key] = Organisation(centre=centre, slug=key[1], name=said["operator"] or "")
        for one in Organisation.objects.bulk_create(missing.values()):
            self.organisations[one.centre_id, one.slug] = one

    def _hosted(self, centre: Centre, kind: str, said: dict[str, Any]) -> Service | None:
        """The service of a centre that runs here which the file means: its name begins the name in the file."""
        if not hasattr(self, "_running"):
            running = Service.objects.filter(organisation__centre__in=[c for c in self.centres.values() if c.is_hosted])
            self._running = list(running.select_related("organisation"))
        name = (said["name"] or "").casefold()
        return next(
            (
                service
                for service in self._running
                if service.organisation.centre_id == centre.pk
                and service.kind == kind
                and name.startswith(service.name.casefold())
            ),
            None,
        )

    def _services(self) -> set[int]:
        """Makes what is missing; returns the ids of what was made."""
        of_theirs = Service.objects.filter(organisation__in=self.organisations.values())
        there = {(one.organisation_id, one.slug): one for one in of_theirs}
        missing: dict[tuple[int, str], Service] = {}
        self.of: dict[int, Service] = {}
        for centre, _row, kind, said in self._said():
            service = self._hosted(centre, kind, said) if centre.is_hosted else None
            if service is None:
                organisation = self.organisations[centre.pk, _slug(said["operator"])]
                key = (organisation.pk, _slug(said["name"], kind))
                service = there.get(key) or missing.setdefault(key, _service(organisation, key[1], kind, said))
            self.of[id(said)] = service
        return {service.pk for service in Service.objects.bulk_create(missing.values())}

    def _entry(self, centre: Centre, row: dict[str, Any], kind: str, said: dict[str, Any], new: set[int]) -> None:
        service = self.of[id(said)]
        if service.pk in self.known:
            return
        self.entries.append(_entry(centre, service, kind, said))
        if not said["name"]:
            self._doubt(centre, service, Doubt.Kind.UNKNOWN, "name", "")
        if not said["operator"]:
            self._doubt(centre, service, Doubt.Kind.UNKNOWN, "operator", "")
        points = reading.read_points(said) if kind == Service.Kind.HELPLINE else _hotline_points(said)
        for order, point in enumerate(points):
            self._doubts_of(centre, service, point)
            if service.pk in new:
                self.points.append((_point(service, point, order), point))

    def _doubts_of(self, centre: Centre, service: Service, point: ReadPoint) -> None:
        if point.channel == "phone" and not point.number and not centre.is_hosted:
            self._doubt(centre, service, Doubt.Kind.UNKNOWN, "number", "")
        for hours in point.hours:
            if hours.words:
                self._doubt(centre, service, Doubt.Kind.UNKNOWN, "days", hours.words)
            elif hours.old:
                self._doubt(centre, service, Doubt.Kind.UNKNOWN, "hours", hours.published)

    def _doubt(self, centre: Centre, service: Service | None, kind: str, about: str, words: str) -> None:
        same = (service, kind, about, words)
        if any((one.service, one.kind, one.about, one.words) == same for one in self.doubts if one.centre == centre):
            return
        self.doubts.append(
            Doubt(centre=centre, service=service, kind=kind, about=about, words=words, opened_at=self.at)
        )

    def _write(self) -> None:
        Entry.objects.bulk_create(self.entries)
        ContactPoint.objects.bulk_create(point for point, _read in self.points)
        PublishedHours.objects.bulk_create(
            PublishedHours(
                point=point,
                rule=hours.rule,
                words=hours.words,
                language=hours.language,
                staff_group=hours.staff_group,
                published=hours.published,
            )
            for point, read in self.points
            for hours in read.hours
        )
        ContactHistory.objects.bulk_create(
            ContactHistory(
                service_id=point.service_id,
                point=point,
                channel=point.channel,
                what=ContactHistory.What.APPEARED,
                value=value,
                at=self.at,
                by_words=BY,
            )
            for point, _read in self.points
            if (value := point.number or point.email or point.url)
        )
        Doubt.objects.bulk_create(self.doubts)


def _centre(row: dict[str, Any]) -> Centre:
    country = row["country_code"]
    return Centre(
        slug=slugify(row["country"]),
        country_code=country,
        name=row["centre_name"],
        time_zone=ZONES[country],
        languages=row["languages"] or [],
        emergency_number=EMERGENCY_NUMBERS.get(country, EMERGENCY_NUMBER),
        is_hosted=False,
    )


def _centre_entry(centre: Centre, row: dict[str, Any]) -> CentreEntry:
    phone, hours = reading.read_centre_phone(row["phone"])
    return CentreEntry(
        centre=centre,
        coordinator=row["coordinator"] or "",
        awareness_organisation=row["awareness_organisation"] or "",
        website=row["website"] or "",
        email=row["email"] or "",
        phone=phone,
        hours=hours or reading.read_week_words(row["note"]),
        languages=row["languages"] or [],
        funding=row["eu_cofunding_note"] or "",
        note=row["note"] or "",
        confidence=row["confidence"] or "",
        compiled_on=COMPILED_ON,
    )


def _service(organisation: Organisation, slug: str, kind: str, said: dict[str, Any]) -> Service:
    audiences = reading.read_audiences(said.get("audience"))
    return Service(
        organisation=organisation,
        slug=slug,
        kind=kind,
        name=said["name"] or "",
        audience=audiences[0] if audiences else Service.Audience.CHILDREN,
        languages=said.get("languages") or [],
    )


def _entry(centre: Centre, service: Service, kind: str, said: dict[str, Any]) -> Entry:
    helpline = kind == Service.Kind.HELPLINE
    return Entry(
        service=service,
        audiences=list(reading.read_audiences(said.get("audience"))),
        audience_words=said.get("audience") or "",
        ages_to=reading.read_ages_to(said.get("ages"), said.get("audience")),
        topics=list(TOPICS.get((centre.country_code, said["name"] or ""), ())),
        free=said.get("free"),
        anonymous=said.get("anonymous"),
        inhope=None if helpline else said["inhope_member"],
        hotline_kind="" if helpline else reading.read_hotline_kind(said["operator"]),
        website=said.get("website") or said.get("report_url") or "",
        note=said["note"] or "",
        confirmer_id=service.organisation_id,
    )


def _hotline_points(said: dict[str, Any]) -> list[ReadPoint]:
    points = []
    if said["report_url"]:
        hours = said["opening_hours"] if not said["phone"] else None
        points.append(ReadPoint("report", url=said["report_url"], hours=reading.read_words_of_hours(hours, "report")))
    if said["phone"]:
        hours = reading.read_words_of_hours(said["opening_hours"], "phone")
        points.append(ReadPoint("phone", number=said["phone"], hours=hours))
    if said["email"]:
        points.append(ReadPoint("mail", email=said["email"]))
    return points


def _point(service: Service, read: ReadPoint, order: int) -> ContactPoint:
    return ContactPoint(
        service=service,
        channel=read.channel,
        label=read.label,
        number=read.number,
        menu=read.menu,
        url=read.url,
        email=read.email,
        note={"en": read.note} if read.note else {},
        languages=list(read.languages),
        free=read.free,
        order=order,
    )


def _slug(name: str | None, otherwise: str = NOT_KNOWN) -> str:
    return slugify(name or "")[:50].strip("-") or otherwise
