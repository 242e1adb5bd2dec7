"""Which version of a list holds when: the shared ones, until a centre has its own."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a list: its code, its first day and its last (None: until further notice)."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    own: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def held(shared: Iterable[Version], own: Iterable[Version]) -> list[Version]:
    """The versions that hold for a centre, the oldest first: from the first day of its own on, no shared one does."""
    mine = sorted(own, key=lambda one: one.valid_from)
    if not mine:
        return list(shared)
    begins = mine[0].valid_from
    before = [one for one in shared if one.valid_from < begins]
    return [_ending(one, begins - DAY) for one in before] + mine


def quarter_after(day: dt.date) -> dt.date:
    """The first day of a quarter that is not before `day`."""
    month = (day.month - 1) // 3 * 3 + 1
    begins = day.replace(month=month, day=1)
    if begins == day:
        return day
    return dt.date(day.year + month // 10, (month + 3 - 1) % 12 + 1, 1)


def _ending(version: Version, last: dt.date) -> Version:
    return replace(version, valid_to=last if version.valid_to is None else min(version.valid_to, last))
