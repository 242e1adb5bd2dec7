"""Where counts come from: the strands above tell how their rows are counted again."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Cell = tuple[str, str, str]
"""Dimension, within, code."""


@dataclass(frozen=True)
class Source:
    """A strand's rows. `kind` is a `Service.Kind`; `span` gives a service's first and last day with rows, None without.

    `recount` counts a service's rows again, day by day of a span (both ends in it); a day without rows may be missing.
    """

    kind: str
    span: Callable[[int], tuple[dt.date, dt.date] | None]
    recount: Callable[[int, dt.date, dt.date], Mapping[dt.date, Counter[Cell]]]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Add a strand's rows. One source for each kind of service."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    """All of them."""
    return list(_sources.values())


def source_of(kind: str) -> Source:
    """Raises KeyError for a kind of service that nothing counts."""
    return _sources[kind]
