"""Where a centre's own records have a figure that a form asks for. The apps that have them register here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from havn.rounds.rules.fitting import row_of
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

Figure = int | float | Mapping[str, Mapping[str, int | float]]


@dataclass(frozen=True)
class Found:
    """A figure of a centre's records: a number, or row to column to number. `said`: a whole sentence in the reader's
    language that says where it comes from. `url`: where staff look at it, or "", and `roles` those it opens to (none
    named: everybody who answers). `basis`: how the number is known, where its question asks that."""

    value: Figure
    said: str
    url: str = ""
    roles: Collection[str] = ()
    basis: str = "counted"


@dataclass(frozen=True)
class Taken:
    """A figure on its way into a draft: its source's key, and how it is known where its question asks that."""

    source: str
    value: Figure
    basis: str = ""


@dataclass(frozen=True)
class Source:
    """A figure by the key that a form's question names as its `source`. `find` answers None where there is none."""

    key: str
    label: Callable[[], str]
    find: Callable[[Centre, Period], Found | None]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let forms be filled from it. Called from AppConfig.ready()."""
    _sources[source.key] = source


def source_named(key: str) -> Source | None:
    """The source of this key, or None where no app of this installation has it."""
    return _sources.get(key)


def source_keys() -> list[str]:
    """Every key that can be named, in order."""
    return sorted(_sources)


def labels() -> dict[str, str]:
    """Every key that can be named, in order, to its label in the reader's language."""
    return {key: _sources[key].label() for key in source_keys()}


def found_for(centre: Centre, period: Period, keys: Iterable[str]) -> dict[str, Found]:
    """What the records of a centre have for these keys in the period; keys without anything are left out.

    "helpline.channel.phone" is the row "phone" of the table "helpline.channel".
    """
    asked: dict[str, Found | None] = {}

    def ask(key: str) -> Found | None:
        if key not in asked:
            source = _sources.get(key)
            asked[key] = source.find(centre, period) if source else None
        return asked[key]

    found: dict[str, Found] = {}
    for key in dict.fromkeys(keys):
        table, _dot, row = key.rpartition(".")
        figure = ask(key) if key in _sources or table not in _sources else _row(ask(table), row)
        if figure is not None:
            found[key] = figure
    return found


def _row(table: Found | None, row: str) -> Found | None:
    number = row_of(table.value, row) if table is not None and isinstance(table.value, Mapping) else None
    return replace(table, value=number) if table is not None and number is not None else None
