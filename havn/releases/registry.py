"""Where tables come from: apps above say what they can count."""

from collections.abc import Callable
from dataclasses import dataclass

from havn.releases.rules.tables import Table
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class TableSource:
    """A table that a centre can publish.

    `title` and `about` are read in the reader's language. `measure` is what it counts: tables of one measure count the
    same things, and are audited together. `build` counts a period, with labels in the language that is active; None
    when there is nothing to count. `offered` says for which centres it can.
    """

    key: str
    measure: str
    title: Callable[[], str]
    about: Callable[[], str]
    build: Callable[[Centre, Period], Table | None]
    offered: Callable[[Centre], bool]


_sources: dict[str, TableSource] = {}


def register_table(source: TableSource) -> None:
    """Add a table. One for each key."""
    _sources[source.key] = source


def sources_for(centre: Centre) -> list[TableSource]:
    """Those that a centre can publish, in the order in which they were registered."""
    return [one for one in _sources.values() if one.offered(centre)]


def source_named(key: str) -> TableSource | None:
    """A table by its key; None when its app is not there any more."""
    return _sources.get(key)
