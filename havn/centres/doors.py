"""The doors of the public pages: each contact point with what a person can do with it right now.

A door is there when it works. A channel of our own without a page, or a point without number, address or mail, is not
shown; a closed channel says when it opens and offers no link.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import NoReverseMatch, reverse

from havn.centres.models import Channel, ContactPoint
from havn.centres.queries import contact_points_of, schedule_of
from havn.centres.registry import easy_query_of, page_of, staffing_of
from havn.centres.rules.opening import Opening, Schedule, opening_at
from havn.centres.words import hours_words, opening_words
from havn.tenancy.models import Centre, Service

TIMED = {Channel.CHAT, Channel.PHONE, Channel.TEXT, Channel.WHATSAPP, Channel.TELEGRAM, Channel.APP, Channel.VISIT}
"""Channels that somebody answers at once. A letter, a mail or a report may be sent at any hour."""


ICONS = {
    Channel.CHAT: "message-circle",
    Channel.TEXT: "message-circle",
    Channel.PHONE: "phone",
    Channel.LETTER: "pencil",
    Channel.MAIL: "mail",
    Channel.REPORT: "flag",
    Channel.PAGE: "link",
    Channel.FORM: "pencil",
    Channel.FORUM: "users",
    Channel.WHATSAPP: "message-circle",
    Channel.TELEGRAM: "message-circle",
    Channel.APP: "download",
    Channel.VISIT: "door-open",
}


@dataclass(frozen=True)
class Door:
    """One way in, as it is now. `link` is "" where a press must not lead anywhere: a demo's real numbers and mails."""

    point: ContactPoint
    name: str
    note: str
    link: str
    outside: bool
    opening: Opening
    now: str
    hours: str

    @property
    def channel(self) -> str:
        """Which way to reach the service."""
        return self.point.channel

    @property
    def easy_link(self) -> str:
        """The same way in easy words; "" where the page has none or is not ours."""
        query = "" if self.outside else easy_query_of(self.channel)
        return f"{self.link}{'&' if '?' in self.link else '?'}{query}" if query and self.link else ""

    @property
    def icon(self) -> str:
        """The drawing that goes with the channel."""
        return ICONS[Channel(self.channel)]

    @property
    def service(self) -> Service:
        """Who answers."""
        return self.point.service

    @property
    def works_now(self) -> bool:
        """Whether a person who goes through it now is received."""
        return self.opening.admits or self.channel not in TIMED


@dataclass(frozen=True)
class Doors:
    """Everything a public page offers."""

    help: list[Door]
    report: list[Door]
    emergency: list[Door]

    @property
    def main(self) -> Door | None:
        """The one obvious way now: a page of ours that receives, chat before letter."""
        ours = [door for door in self.help if door.works_now and _own_page(door.point)]
        return min(ours, key=lambda door: door.channel != Channel.CHAT) if ours else None

    @property
    def others(self) -> list[Door]:
        """The further ways to get help, in the centre's order."""
        return [door for door in self.help if door is not self.main]

    @property
    def waiting(self) -> Door | None:
        """The chat that is closed now, if that is why the main way is another one."""
        chats = [door for door in self.help if door.channel == Channel.CHAT and not door.works_now]
        return chats[0] if chats and (self.main is None or self.main.channel != Channel.CHAT) else None


def doors_for(
    centre: Centre, audience: str, now: dt.datetime, language: str, points: Sequence[ContactPoint] | None = None
) -> Doors:
    """The doors that this audience has at this moment: its own helplines, and every hotline.

    `points` are the centre's contact points where they are known already.
    """
    doors = [
        door
        for point in (contact_points_of(centre) if points is None else points)
        if point.service.kind == Service.Kind.HOTLINE or point.service.audience == audience
        if (door := _door(point, centre, now, language))
    ]
    helplines = [door for door in doors if door.service.kind == Service.Kind.HELPLINE]
    hotlines = [door for door in doors if door.service.kind == Service.Kind.HOTLINE]
    return Doors(
        help=[door for door in helplines if not door.point.emergency],
        report=[door for door in hotlines if not door.point.emergency],
        emergency=[door for door in doors if door.point.emergency],
    )


def audiences_of(points: Iterable[ContactPoint]) -> list[str]:
    """The audiences besides children for whom some service can be reached at these contact points."""
    reached = {
        point.service.audience for point in points if point.service.kind == Service.Kind.HELPLINE and _reachable(point)
    }
    return [a for a in (Service.Audience.PARENTS, Service.Audience.PROFESSIONALS) if a in reached]


def _door(point: ContactPoint, centre: Centre, now: dt.datetime, language: str) -> Door | None:
    if not _reachable(point):
        return None
    today = now.astimezone(ZoneInfo(centre.time_zone)).date()
    emergency = Schedule(zone=centre.time_zone, always=True)
    schedule = emergency if point.emergency else schedule_of(point.service, point.channel, today)
    opening = _opening(point, schedule, centre, now)
    timed = point.channel in TIMED and opening.why != "never"
    # The real hours of a demo's telephone stay the real ones: nobody must think that it answers at night.
    return Door(
        point=point,
        name=point.label or point.service.name_in(language),
        note=point.note.get(language) or point.note.get("en", ""),
        link=point.url or _own_page(point) or ("" if centre.is_demo else _dial(point)),
        outside=bool(point.url),
        opening=opening,
        now=opening_words(opening, centre.time_zone, now) if timed else "",
        hours="" if schedule.always else hours_words(schedule, today),
    )


def _opening(point: ContactPoint, schedule: Schedule, centre: Centre, now: dt.datetime) -> Opening:
    if centre.is_demo and point.channel == Channel.CHAT:
        return Opening(open=True, admits=True, why="demo")
    staffing = None
    if point.channel == Channel.CHAT and not point.url:
        staffing = staffing_of(point.service_id, now)
    return opening_at(schedule, now, staffing)


def _reachable(point: ContactPoint) -> bool:
    return bool(point.url or point.number or point.email or _own_page(point))


def _dial(point: ContactPoint) -> str:
    if point.number:
        scheme = "sms" if point.channel == Channel.TEXT else "tel"
        return f"{scheme}:{point.number.replace(' ', '')}"
    return f"mailto:{point.email}" if point.email else ""


def _own_page(point: ContactPoint) -> str:
    name = page_of(point.channel)
    if name is None or point.url or point.number or point.email:
        return ""
    try:
        page = reverse(name)
    except NoReverseMatch:
        return ""
    # Without a name the page is the children's.
    named = point.service.audience != Service.Audience.CHILDREN
    return f"{page}?service={point.service.slug}" if named else page
