"""Entries as a page shows them: every sentence and every link made, so that a template only sets them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from havn.centres.api import Channel, page_of
from havn.common.language import reader_language
from havn.directory import words
from havn.directory.listing import Country, EntryNow, PointNow
from havn.directory.rules.hours import zone_of
from havn.tenancy.models import Centre, CentreHost, Service


@dataclass(frozen=True)
class Site:
    """Where the page is shown: by which centre, under which name, when. `dials` False: a demo calls nobody."""

    request: HttpRequest
    centre: Centre
    now: dt.datetime

    @property
    def dials(self) -> bool:
        """Whether numbers and addresses are links. Nobody may be called from a demonstration."""
        return not settings.DEMO

    @cached_property
    def homes(self) -> dict[int, str]:
        """The address of each other centre that runs here, read when it is first needed."""
        _host, colon, port = self.request.get_host().rpartition(":")
        behind = f":{port}" if colon and port.isdigit() else ""
        rows = CentreHost.objects.order_by("-pk").values_list("centre_id", "host")
        return {centre_id: f"{self.request.scheme}://{host}{behind}" for centre_id, host in rows if "[" not in host}

    def home_of(self, centre: Centre) -> str:
        """Before a path of a centre that runs here: "" for this one."""
        return "" if centre.pk == self.centre.pk else self.homes.get(centre.pk, "")


@dataclass(frozen=True)
class ShownPoint:
    """One way to reach a service, in words. `link` "": nothing to press."""

    at: PointNow
    link: str
    now: str
    hours: Sequence[str]
    note: str
    page: str
    certain: bool

    @property
    def channel(self) -> str:
        """Which way it is."""
        return self.at.channel

    @property
    def label(self) -> str:
        """What its organisation calls it, unless that is said beside it anyway."""
        said = self.at.point.label
        known = self.page.removeprefix("www.") in {said, said.removeprefix("www.")} or self.note.startswith(said)
        return "" if known or self.channel == "telegram" else said

    @property
    def outside(self) -> bool:
        """Whether the link leads to somebody else's page."""
        return self.link.startswith("http")

    @property
    def text_only(self) -> bool:
        """Whether the number takes text messages and no calls."""
        return self.channel == Channel.TEXT and bool(self.at.point.number)

    @property
    def bare(self) -> bool:
        """Whether nothing is known of it but that it exists."""
        row = self.at.point
        return not (self.at.known or self.hours or self.note or self.label or self.page or row.menu)


@dataclass(frozen=True)
class ShownEntry:
    """An entry in words."""

    at: EntryNow
    points: Sequence[ShownPoint]
    age: str
    attempt: str
    facts: Sequence[str]
    unknown: Sequence[str]
    doubts: Sequence[str]
    clock: str
    country: str
    path: str

    @property
    def certain(self) -> bool:
        """Whether it may be presented as it stands."""
        return self.at.certain

    @property
    def bare_ways(self) -> Sequence[ShownPoint]:
        """Ways of which nothing else is known, where there are several: said in one line."""
        bare = [point for point in self.points if point.bare]
        return bare if len(bare) > 1 else []

    @property
    def ways(self) -> Sequence[ShownPoint]:
        """The others, each with what is known of it."""
        return [point for point in self.points if point not in self.bare_ways]

    @property
    def mark(self) -> int:
        """The row's number, for ids on the page."""
        return self.at.service.pk


def shown(entry: EntryNow, country: Country, site: Site) -> ShownEntry:
    """An entry in the language of the page."""
    facts, unknown = _facts(entry)
    today = site.now.astimezone(zone_of(entry.centre.time_zone)).date()
    points = [_point(point, entry, site, today) for point in entry.points]
    return ShownEntry(
        at=entry,
        points=points,
        age=words.age_words(entry),
        attempt="" if entry.certain else words.try_words(entry),
        facts=facts,
        unknown=unknown,
        doubts=[words.doubt_words(doubt) for doubt in entry.doubts],
        clock=words.clock_words(entry, site.centre.time_zone, site.now) if any(point.hours for point in points) else "",
        country=country.name,
        path=country.path,
    )


def _point(point: PointNow, entry: EntryNow, site: Site, today: dt.date) -> ShownPoint:
    language = reader_language()
    zone = entry.centre.time_zone
    return ShownPoint(
        at=point,
        link=link_of(point, entry, site),
        now=words.now_words(point, zone, site.now, certain=entry.certain),
        hours=words.usual_hours(point, zone, today),
        note=point.point.note.get(language) or point.point.note.get("en", ""),
        page=urlsplit(point.point.url).hostname or "",
        certain=entry.certain,
    )


def link_of(point: PointNow, entry: EntryNow, site: Site) -> str:
    """What a press leads to; "" where nobody told, or where a demo must not call anybody."""
    row = point.point
    if row.url:
        return row.url
    if point.own_page:
        return _own_page(point, entry, site)
    if not site.dials:
        return ""
    if point.number is not None:
        scheme = {"text": "sms:", "whatsapp": "https://wa.me/"}.get(point.channel, "tel:")
        dial = point.number.dial.removeprefix("+") if point.channel == "whatsapp" else point.number.dial
        return f"{scheme}{dial}"
    return f"mailto:{row.email}" if row.email else ""


def _own_page(point: PointNow, entry: EntryNow, site: Site) -> str:
    name = page_of(point.channel)
    home = site.home_of(entry.centre)
    if name is None or (not home and entry.centre.pk != site.centre.pk):
        return ""
    try:
        page = reverse(name)
    except NoReverseMatch:
        return ""
    named = entry.service.audience != Service.Audience.CHILDREN
    return f"{home}{page}?service={entry.service.slug}" if named else f"{home}{page}"


def _facts(entry: EntryNow) -> tuple[list[str], list[str]]:
    """What is known, and what is not, each as a sentence."""
    row = entry.entry
    said = [
        (bool(entry.audiences), words.audiences_words(entry)),
        (True, words.ages_words(row)),
        (bool(entry.service.languages), words.languages_words(entry)),
        (row.anonymous is not None, words.anonymous_words(row.anonymous)),
    ]
    if entry.is_hotline:
        said += [
            (True, words.hotline_kind_words(row.hotline_kind)),
            (row.inhope is not None, words.inhope_words(row.inhope)),
        ]
    else:
        said.append((row.free is not None, words.free_words(row.free)))
    return [line for known, line in said if known and line], [line for known, line in said if not known and line]
