"""Where tables come from: apps above say what they can count."""

from collections.abc import Callable
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


Find = Callable[[str], list[Elsewhere]]

_sources: dict[str, TableSource] = {}
_elsewhere: list[Find] = []


def register_table(source: TableSource) -> None:
    """Add a table. One for each key."""
    _sources[source.key] = source


def sources_for(centre: Centre) -> list[TableSource]:
    """Those that a centre can publish, in the order in which they were registered."""
    return [one for one in _sources.values() if one.offered(centre)]


def source_named(key: str) -> TableSource | None:
    """A table by its key; None when its app is not there any more."""
    return _sources.get(key)


def register_elsewhere(find: Find) -> None:
    """Let what `find(measure)` gives be audited together with the releases of the measure."""
    if find not in _elsewhere:
        _elsewhere.append(find)


def elsewhere(measure: str) -> list[Elsewhere]:
    """Everything of a measure that can be read in another place, with distinct keys."""
    return [one for find in _elsewhere for one in find(measure)]
