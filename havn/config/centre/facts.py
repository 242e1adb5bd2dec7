"""The shape of a centre's description: plain values, as the demo writes them in code and an operator in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

EVERY_DAY = range(7)
WEEKDAYS = range(5)


@dataclass(frozen=True)
class Point:
    """A contact point. `hours`: (days, opens, closes); `always`: day and night."""

    channel: str
    number: str = ""
    email: str = ""
    url: str = ""
    label: str = ""
    note: dict[str, str] = field(default_factory=dict)
    emergency: bool = False
    always: bool = False
    hours: tuple[Sequence[int], str, str] | None = None
    holiday_hours: tuple[str, str] | None = None
    stop_admitting: int = 0


@dataclass(frozen=True)
class ServiceFacts:
    """A service and how to reach it."""

    slug: str
    kind: str
    name: str
    audience: str
    points: tuple[Point, ...]
    needs_staff: bool = False
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OrganisationFacts:
    """A member of the consortium and its services. `people`: (role, username, name, shown name)."""

    slug: str
    name: str
    website: str
    services: tuple[ServiceFacts, ...]
    people: tuple[tuple[str, str, str, str], ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CentreFacts:
    """A centre."""

    slug: str
    country: str
    name: str
    zone: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    texts: dict[str, str]
    organisations: tuple[OrganisationFacts, ...]
    emergency_number: str = "112"
    neutral_site: str = "https://www.wikipedia.org/"
    kind: str = "national"
    names: dict[str, str] = field(default_factory=dict)
