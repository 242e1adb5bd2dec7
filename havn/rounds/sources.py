"""Where a centre's own records have a figure that a form asks for. The apps that have them register here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

type Figure = int | float | Mapping[str, Mapping[str, int | float]]


@dataclass(frozen=True)
class Found:
    """A figure of a centre's records: a number, or row to column to number. `said`: a whole sentence in the reader's
    language that says where it comes from; `url`: where staff look at it, or ""."""

    value: Figure
    said: str
    url: str = ""


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


def found_for(centre: Centre, period: Period, keys: Iterable[str]) -> dict[str, Found]:
    """What the records of a centre have for these keys in the period; keys without anything are left out."""
    found: dict[str, Found] = {}
    for key in dict.fromkeys(keys):
        source = _sources.get(key)
        figure = source.find(centre, period) if source else None
        if figure is not None:
            found[key] = figure
    return found
