"""How sure an entry is: a confirmation holds for as many days as the centre's clock says, then it shows its age."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["confirmed", "ageing", "changed", "expired", "never"]

AGEING_SHARE = 3
"""In the last third of the clock an entry is ageing: still certain, and its confirmer is reminded."""


@dataclass(frozen=True)
class Freshness:
    """`state`: confirmed and ageing are certain; changed (since the last confirmation), expired and never are not."""

    state: State
    confirmed_at: dt.datetime | None = None
    due_at: dt.datetime | None = None

    @property
    def certain(self) -> bool:
        """Whether the entry may be presented as it stands."""
        return self.state in {"confirmed", "ageing"}

    @property
    def needs_look(self) -> bool:
        """Whether the confirmer should be asked now."""
        return self.state != "confirmed"


def freshness(
    confirmed_at: dt.datetime | None, clock_days: int, now: dt.datetime, changed_at: dt.datetime | None = None
) -> Freshness:
    """How an entry stands at `now`, by its last confirmation and the last change somebody else made to it."""
    if confirmed_at is None:
        return Freshness("never")
    clock = dt.timedelta(days=clock_days)
    due_at = confirmed_at + clock
    if changed_at is not None and changed_at > confirmed_at:
        return Freshness("changed", confirmed_at, due_at)
    if now >= due_at:
        return Freshness("expired", confirmed_at, due_at)
    if now >= due_at - clock / AGEING_SHARE:
        return Freshness("ageing", confirmed_at, due_at)
    return Freshness("confirmed", confirmed_at, due_at)
