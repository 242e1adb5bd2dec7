"""Which lists a centre may edit, and in which other lists their terms count: the strands above tell in ready()."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """Another list in which terms count. `targets` are its codes with their labels in the reader's language.

    `usual` is where terms go when the centre says nothing else: code to target, given the centre. A `version` is a
    shared version of the same list: a term of it counts as itself, and nobody may say otherwise.
    """

    name: str
    label: Callable[[], str]
    targets: Callable[[], Sequence[tuple[str, str]]]
    usual: Callable[[int], Mapping[str, str]]
    is_version: bool = False


@dataclass(frozen=True)
class EditableList:
    """A list that a centre may have its own versions of.

    `must_stay` are codes that the product itself asks for: they may be renamed and never retired. `first_free_day` is
    the earliest day from which a new version may hold at a centre: nothing has been counted from that day on.
    """

    dimension: str
    title: Callable[[], str]
    schemes: Callable[[], Sequence[Scheme]]
    first_free_day: Callable[[int], dt.date]
    must_stay: frozenset[str] = frozenset()


_lists: dict[str, EditableList] = {}


def register_list(one: EditableList) -> None:
    """Let centres edit a list. One for each dimension."""
    _lists[one.dimension] = one


def editable_lists() -> list[EditableList]:
    """All of them, in the order in which they were told."""
    return list(_lists.values())


def editable_list(dimension: str) -> EditableList | None:
    """One of them; None for a list that nobody edits here."""
    return _lists.get(dimension)
