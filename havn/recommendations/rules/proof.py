"""Which daily work of a centre speaks to a chapter: told by the chapter's own data, never by code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Proves:
    """Kinds of activities, groups that they reached (none: any), and kinds of other things, such as "page"."""

    activity_kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


def proves_of(data: Mapping[str, Any]) -> Proves:
    """The chapter's data."""
    return Proves(
        tuple(data.get("activity_kinds", ())), tuple(data.get("groups", ())), tuple(data.get("things", ()))
    )  # fmt: skip


def speaks(proves: Proves, *, kind: str, groups: Sequence[str]) -> bool:
    """Whether an activity of this kind that reached these groups speaks to the chapter."""
    return kind in proves.activity_kinds and (not proves.groups or bool(set(groups) & set(proves.groups)))
