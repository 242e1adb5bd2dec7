"""Where accepted quarters come from: the app that collects them fills this in its or our AppConfig.ready().

A source gives what was accepted for a quarter, and who was asked. Trends keep their own facts, so that a chart asks no
form; `havn trends rebuild` takes everything anew from the sources.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from havn.trends.rules.quarters import Quarter


@dataclass(frozen=True)
class QuarterReport:
    """One centre's accepted quarter. `facts`: (dimension, code) to contacts; ("total", "all") must be among them.

    `scheme` is the code of the list that the reasons are from. `revision` rises with each correction.
    """

    centre_id: int
    quarter: Quarter
    scheme: str
    revision: int
    facts: Mapping[tuple[str, str], int]
    system_changed: bool = False
    """Whether the centre says that it counts with another system since this quarter: a break of its series."""


@dataclass(frozen=True)
class Source:
    """`accepted` gives every accepted report (of one quarter, or of all), `asked` the centres that were asked for a
    quarter; None where there was no round for it."""

    key: str
    accepted: Callable[[Quarter | None], Iterable[QuarterReport]]
    asked: Callable[[Quarter], Iterable[int] | None]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Add one. Raises ValueError when another one has its key."""
    if _sources.setdefault(source.key, source) is not source:
        raise ValueError(f"There is a source of the name {source.key} already.")


def sources() -> list[Source]:
    """All of them."""
    return list(_sources.values())
