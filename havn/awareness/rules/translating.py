"""How far a translation is."""

import datetime as dt
from enum import StrEnum


class State(StrEnum):
    """Of one page in one language."""

    SOURCE = "source"
    LIVE = "live"
    BEHIND = "behind"
    DRAFT = "draft"
    MISSING = "missing"


def state_of(
    *, is_there: bool, is_live: bool, published_at: dt.datetime | None, source_published_at: dt.datetime | None
) -> State:
    """BEHIND when what it was translated from was published again after it."""
    if not is_there:
        return State.MISSING
    if not is_live or published_at is None:
        return State.DRAFT
    return State.BEHIND if source_published_at is not None and source_published_at > published_at else State.LIVE
