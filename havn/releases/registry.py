"""Where tables come from: apps above say what they can count."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from havn.releases.rules.tables import Parts, Published, Table
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Who:
    """Who gave to a table of the network, by name, and how many were asked."""

    names: list[str]
    asked: int


@dataclass(frozen=True)
class TableSource:
    """A table that a centre can publish.

    `title` and `about` are read in the reader's language. `measure` is what it counts: tables of one measure count the
    same things, and are audited together. `build` counts a period, with labels in the language that is active; None
    when there is nothing to count. `offered` says for which centres it can, `who` who gave to a table of the network.
    """

    key: str
    measure: str
    title: Callable[[], str]
    about: Callable[[], str]
    build: Callable[[Centre, Period], Table | None]
    offered: Callable[[Centre], bool]
    who: Callable[[Centre, Period], Who] | None = None


@dataclass(frozen=True)
class Elsewhere:
    """A table that people can read in another place than a release, such as an article.

    `told` is what it tells; its key is never that of another one. `parts`: of a table of the network, what each centre
    gave to it and so knows; None where nobody can say any more. `now`: what each would give to it now.
    """

    told: Published
    parts: Parts | None = None
    now: Parts | None = None


@dataclass(frozen=True)
class Seen:
    """That a table can be read in another place: its key, its days, and whose it is, without its numbers."""

    key: str
    first: dt.date
    last: dt.date
    population: str


@dataclass(frozen=True)
class Place:
    """Where tables are told outside of releases.

    `seen` lists those of a measure and builds none; `tables` builds those with these keys, and no other. `so_far` gives
    numbers that differ once more was told of these measures, in a few milliseconds: it is asked while others wait.
    """

    seen: Callable[[str], list[Seen]]
    tables: Callable[[str, Collection[str]], list[Elsewhere]]
    so_far: Callable[[Collection[str]], tuple[int, ...]]


_sources: dict[str, TableSource] = {}
_places: list[Place] = []


def register_table(source: TableSource) -> None:
    """Add a table. One for each key."""
    _sources[source.key] = source


def sources_for(centre: Centre) -> list[TableSource]:
    """Those that a centre can publish, in the order in which they were registered."""
    return [one for one in _sources.values() if one.offered(centre)]


def source_named(key: str) -> TableSource | None:
    """A table by its key; None when its app is not there any more."""
    return _sources.get(key)


def register_elsewhere(place: Place) -> None:
    """Let what is told in another place be audited together with the releases of its measure."""
    if place not in _places:
        _places.append(place)


def seen_elsewhere(measure: str) -> list[Seen]:
    """Everything of a measure that can be read in another place, with distinct keys."""
    return [one for place in _places for one in place.seen(measure)]


def elsewhere(measure: str, keys: Collection[str]) -> list[Elsewhere]:
    """Those with these keys."""
    return [one for place in _places for one in place.tables(measure, keys)]


def told_so_far(measures: Collection[str]) -> tuple[int, ...]:
    """Numbers that differ once more of these measures was told in another place."""
    return tuple(number for place in _places for number in place.so_far(measures))
