"""What the directory answers with: countries, their entries, and each way to reach them as it is at one moment."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from havn.centres.api import ICONS, TIMED, Channel, ContactPoint, Opening, Schedule
from havn.common.language import reader_language
from havn.directory.countries import country_name, spoken_in
from havn.directory.models import CentreEntry, Confirmation, Doubt, Entry, PublishedHours
from havn.directory.rules.checks import CheckedEntry, CheckedPoint, Finding, findings_of
from havn.directory.rules.freshness import Freshness
from havn.directory.rules.numbers import Number, read_number
from havn.directory.rules.order import Line, Reach, reach_of
from havn.directory.rules.topics import HOTLINE_TOPICS
from havn.tenancy.models import Centre, Organisation, Service


@dataclass(frozen=True)
class PointNow:
    """One way to reach a service. `opening` None: nobody told the hours, or nobody answers at once here."""

    point: ContactPoint
    hours: Sequence[PublishedHours]
    schedule: Schedule | None
    opening: Opening | None
    country: str

    @property
    def channel(self) -> str:
        """Which way it is."""
        return self.point.channel

    @property
    def icon(self) -> str:
        """The drawing that goes with the channel."""
        return ICONS[Channel(self.point.channel)]

    @property
    def timed(self) -> bool:
        """Whether somebody answers at once, so that hours matter."""
        return self.point.channel in TIMED

    @property
    def value(self) -> str:
        """The number, address or page; "" when nobody told."""
        return self.point.number or self.point.email or self.point.url

    @property
    def state(self) -> str:
        """open, closed or unknown."""
        if self.opening is None:
            return "unknown"
        return "open" if self.opening.open else "closed"

    @cached_property
    def number(self) -> Number | None:
        """The number as a telephone dials it."""
        return read_number(self.point.number, self.country) if self.point.number else None

    @property
    def own_page(self) -> bool:
        """A chat, letter or report on the pages of a centre that runs here."""
        return self.schedule is not None and not self.value

    @property
    def known(self) -> bool:
        """Whether anybody told how: a way without number, address or page helps nobody, open or not."""
        return bool(self.value or self.own_page or self.point.label)

    @property
    def words_only(self) -> list[str]:
        """Hours that are known only in words: never an answer, always shown as they were said."""
        return [hours.words for hours in self.hours if not hours.rule]


@dataclass(frozen=True)
class EntryNow:
    """What the directory says of one service at one moment, and how sure that is."""

    service: Service
    entry: Entry
    centre: Centre
    points: Sequence[PointNow]
    freshness: Freshness
    confirmed_by: str
    source_date: str
    doubts: Sequence[Doubt]

    @property
    def name(self) -> str:
        """The service's name; "" when nobody told it."""
        return self.service.name

    @property
    def organisation(self) -> Organisation:
        """Who runs it. An organisation without a name: nobody told."""
        return self.service.organisation

    @property
    def is_hotline(self) -> bool:
        """Whether it takes reports."""
        return self.service.kind == Service.Kind.HOTLINE

    @property
    def certain(self) -> bool:
        """Whether somebody confirmed it within the clock."""
        return self.freshness.certain

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """For whom; () when not known. Of a service that runs here the desk knows."""
        if self.entry.audiences:
            return tuple(self.entry.audiences)
        return (str(self.service.audience),) if self.centre.is_hosted else ()

    @cached_property
    def stated_languages(self) -> tuple[str, ...]:
        """In which languages somebody answers, as far as anybody said."""
        of_points = [code for one in self.points for code in one.point.languages]
        of_hours = [hours.language for one in self.points for hours in one.hours if hours.language]
        return tuple(dict.fromkeys([*self.service.languages, *of_points, *of_hours]))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The stated languages, else those of the country."""
        if self.service.languages:
            return self.stated_languages
        return tuple(dict.fromkeys([*spoken_in(self.centre.country_code), *self.stated_languages]))

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about, where that is said. Every hotline takes child sexual abuse material."""
        return tuple(dict.fromkeys([*(HOTLINE_TOPICS if self.is_hotline else ()), *self.entry.topics]))

    @cached_property
    def reach(self) -> Reach:
        """How it can be reached now."""
        return reach_of(
            [one.state for one in self.points if one.timed and one.known],
            writes=any(not one.timed and one.known and one.channel != "page" for one in self.points),
            certain=self.certain,
        )

    @cached_property
    def line(self) -> Line:
        """What the order needs to know."""
        return Line(
            self.reach,
            self.centre.country_code,
            self.languages,
            not self.service.languages,
            self.audiences,
            self.topics,
            self.name,
            self.certain,
        )

    @property
    def reported(self) -> bool:
        """Whether somebody said that something here is wrong."""
        return any(doubt.kind == Doubt.Kind.REPORTED for doubt in self.doubts)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the machine checks say."""
        return findings_of(
            CheckedEntry(
                country=self.centre.country_code,
                hotline=self.is_hotline,
                points=[
                    CheckedPoint(
                        channel=one.channel,
                        value=one.value or ("here" if one.own_page else ""),
                        number="" if one.point.emergency else one.point.number,
                        rules=[hours.rule for hours in one.hours if hours.rule],
                        known_hours=one.opening is not None,
                    )
                    for one in self.points
                ],
                languages=self.stated_languages,
                audiences=self.audiences,
                free=self.entry.free,
                anonymous=self.entry.anonymous,
                inhope=self.entry.inhope,
                conflicts=sum(doubt.kind != Doubt.Kind.UNKNOWN for doubt in self.doubts),
                state=self.freshness.state,
            )
        )


@dataclass(frozen=True)
class Country:
    """A country with its centre and entries. `doubts`: those about the country or its centre as a whole."""

    centre: Centre
    entry: CentreEntry
    entries: Sequence[EntryNow]
    doubts: Sequence[Doubt]

    @property
    def code(self) -> str:
        """ISO 3166-1."""
        return self.centre.country_code

    @property
    def path(self) -> str:
        """The country as its address says it."""
        return self.centre.country_code.lower()

    @property
    def name(self) -> str:
        """In the language of the page."""
        return country_name(self.centre.country_code, reader_language())

    @property
    def helplines(self) -> list[EntryNow]:
        """Who one can talk to."""
        return [entry for entry in self.entries if not entry.is_hotline]

    @property
    def hotlines(self) -> list[EntryNow]:
        """Where one can report."""
        return [entry for entry in self.entries if entry.is_hotline]


@dataclass(frozen=True)
class Directory:
    """Every country at one moment."""

    now: dt.datetime
    countries: Sequence[Country]
    said: dict[Hashable, Any] = field(default_factory=dict)
    """What pages made of the same facts a moment ago, by all that it hangs on beside them."""

    @property
    def entries(self) -> list[EntryNow]:
        """The entries of all countries."""
        return [entry for country in self.countries for entry in country.entries]


@dataclass(frozen=True)
class LastConfirmed:
    """The newest confirmation that everything was right."""

    at: dt.datetime
    by_words: str

    @classmethod
    def of(cls, row: Confirmation) -> "LastConfirmed":
        """From a row."""
        return cls(row.at, row.by_words)
