"""Which figures of a centre's records a question may be filled from: the app that fills them in tells in ready()."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

Offered: TypeAlias = Callable[[], Mapping[str, str]]
"""Every key that a question may name as its `source`, to its label in the reader's language."""

_offered: dict[str, Offered] = {}


def register_sources(name: str, offered: Offered) -> None:
    """Let the builder offer these. Again under the same name: takes the place of what was there."""
    _offered[name] = offered


def sources_offered() -> dict[str, str]:
    """Every key that can be chosen, to its label."""
    found: dict[str, str] = {}
    for offered in _offered.values():
        found.update(offered())
    return found


def figure_and_row(source: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The key of the figure and, where it ends in one, the code of a row: "helpline.channel.phone" asks for "phone" of
    "helpline.channel". A key that nobody offers comes back whole."""
    figure, _dot, row = source.rpartition(".")
    return (figure, row) if source not in known and figure in known else (source, "")
