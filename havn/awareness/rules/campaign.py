"""Where a campaign stands on a day of the centre's own calendar."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

WEEK = 7


class State(StrEnum):
    """Before, on, within and after the days of a campaign. Its last day has words of its own."""

    AHEAD = "ahead"
    TODAY = "today"
    UNDER_WAY = "under-way"
    LAST_DAY = "last-day"
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    """`days`: how many there are to go, how many are left after today, or how many have passed since the last one."""

    state: State
    days: int = 0

    @property
    def ends_this_week(self) -> bool:
        """Whether the name of the last day's weekday can mean no other day: it is one of the six to come."""
        return self.state is State.UNDER_WAY and self.days < WEEK


def standing(first: dt.date, last: dt.date, today: dt.date) -> Standing:
    """Where it stands. `last` is not before `first`; a campaign of one day has both the same."""
    if today < first:
        return Standing(State.AHEAD, (first - today).days)
    if today > last:
        return Standing(State.OVER, (today - last).days)
    if first == last:
        return Standing(State.TODAY)
    if today == last:
        return Standing(State.LAST_DAY)
    return Standing(State.UNDER_WAY, (last - today).days)
