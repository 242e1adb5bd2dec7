"""Things of this installation that show that an activity took place. An app above may add its own kinds."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from havn.activities.models import Evidence
from havn.events import api as events
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Thing:
    """Something to point at: its number, what it is called, and where staff look at it.

    `day` on which it took place or came out; `figure` in words, such as "40 participants"; `topics` as codes of the
    vocabulary. Each where there is any; topics are None for a kind that has none.
    """

    number: int
    title: str
    url: str
    day: dt.date | None = None
    figure: str = ""
    topics: tuple[str, ...] | None = None


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of things: a code, its name in the reader's words, those of a centre, and one of them."""

    code: str
    name: Callable[[], str]
    things_of: Callable[[Centre], list[Thing]]
    thing: Callable[[Centre, int], Thing | None]


_kinds: dict[str, EvidenceKind] = {}


def register_kind(kind: EvidenceKind) -> None:
    """Let activities point at things of this kind. Called from AppConfig.ready()."""
    _kinds[kind.code] = kind


def register() -> None:
    """The kind that this app brings: events."""
    register_kind(EvidenceKind("event", lambda: _("Event"), _events, _event))


def evidence_kinds() -> tuple[EvidenceKind, ...]:
    """Every kind that was registered."""
    return tuple(_kinds.values())


def thing_choices(centre: Centre) -> list[tuple[str, str]]:
    """What a person may choose: "event:5" and "Event: its title"."""
    return [
        (f"{kind.code}:{thing.number}", f"{kind.name()}: {thing.title}")
        for kind in _kinds.values()
        for thing in kind.things_of(centre)
    ]


def address_of(evidence: Evidence, centre: Centre) -> str:
    """Where it leads: its link, or the thing's own page; "" when that is gone."""
    if evidence.url:
        return evidence.url
    kind = _kinds.get(evidence.kind)
    thing = kind.thing(centre, evidence.object_id) if kind and evidence.object_id is not None else None
    return thing.url if thing else ""


def _events(centre: Centre) -> list[Thing]:
    return [_as_thing(event) for event in events.held_events(centre)]


def _event(centre: Centre, number: int) -> Thing | None:
    event = events.held_event(centre, number)
    return _as_thing(event) if event else None


def _as_thing(event: events.Held) -> Thing:
    figure = _("%(number)s came") % {"number": event.attended}
    address = reverse("events:results", args=[event.number])
    return Thing(event.number, event.title, address, event.ends_on, figure if event.attended else "")
