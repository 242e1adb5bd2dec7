"""Which daily work of a centre speaks to a chapter: told by the chapter's own data, never by code."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Proves:
    """Kinds of activities, groups that they reached and topics (none: any), and kinds of other things like "page"."""

    activity_kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


def proves_of(data: Mapping[str, Any]) -> Proves:
    """The chapter's data."""
    return Proves(**{name: tuple(data.get(name, ())) for name in ("activity_kinds", "groups", "topics", "things")})


def speaks(proves: Proves, *, kind: str, groups: Sequence[str], topics: Sequence[str] = ()) -> bool:
    """Whether an activity of this kind, on these topics, that reached these groups speaks to the chapter."""
    reached = not proves.groups or bool(set(groups) & set(proves.groups))
    return kind in proves.activity_kinds and reached and on_topic(proves, topics)


def on_topic(proves: Proves, topics: Sequence[str] | None) -> bool:
    """Whether something on these topics speaks to a chapter that names some. None: its kind has no topics."""
    return not proves.topics or topics is None or bool(set(topics) & set(proves.topics))


def in_time(day: dt.date | None, since: dt.date | None) -> bool:
    """Whether what is of this day counts in a round whose work counts from `since`. What has no day counts."""
    return day is None or since is None or day >= since
