"""A quarter by its name: "2023Q4". Names sort as the quarters do."""

import datetime as dt
import re
from dataclasses import dataclass

_NAME = re.compile(r"(\d{4})Q([1-4])")
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year; `number` 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def place(self) -> int:
        """Its place in a row without gaps: the next quarter's is one more."""
        return self.year * 4 + self.number - 1

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> dt.date:
        return self.after.first - _ONE_DAY

    @property
    def before(self) -> "Quarter":
        return at_place(self.place - 1)

    @property
    def after(self) -> "Quarter":
        return at_place(self.place + 1)

    @property
    def year_before(self) -> "Quarter":
        return at_place(self.place - 4)


def at_place(place: int) -> Quarter:
    """The quarter at a place of the row."""
    return Quarter(place // 4, place % 4 + 1)


def quarter_named(name: str) -> Quarter:
    """The quarter of a name. ValueError for anything that is none of the years 2000 to 2199."""
    found = _NAME.fullmatch(name)
    if found is None or not 2000 <= int(found[1]) < 2200:
        raise ValueError(f"{name!r} is not a quarter such as 2023Q4.")
    return Quarter(int(found[1]), int(found[2]))


def quarter_of(day: dt.date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def between(first: Quarter, last: Quarter) -> list[Quarter]:
    """Every quarter from the first to the last, both in it."""
    return [at_place(place) for place in range(first.place, last.place + 1)]
