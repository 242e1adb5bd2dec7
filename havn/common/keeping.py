"""Every kind of data with its clock, and what stays for good: one list, filled by each app in AppConfig.ready().

The screen "What goes when" shows the list. A test finds every table of the database in it, and another makes a row of
each kind whose time is over and sees it go, so that no promise stands here that nothing keeps.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """A kind of data that goes by itself.

    `tables` are models as "app.Model"; tables that name a conversation go with it and need not be told. `what` and
    `when` are called while answering, in the reader's language: what it is, and for a centre when it goes, as a whole
    sentence with its number. `task` is the name in the schedule of what destroys it, and `every` how often that comes.
    `over(centre_id, at)` counts what should have gone by `at` and is still there; what belongs to no centre is counted
    whatever the centre. `settings` is the url name of the screen where the number is chosen, "" when nobody chooses it
    there. `trail` is the audit action that proves the last run.
    """

    name: str
    tables: tuple[str, ...]
    what: Callable[[], str]
    when: Callable[[int], str]
    task: str
    over: Callable[[int, dt.datetime], int]
    every: dt.timedelta = dt.timedelta(days=1)
    settings: str = ""
    trail: str = ""


@dataclass(frozen=True)
class Stays:
    """Tables without a clock: what they hold, and why it stays or what takes it away."""

    name: str
    tables: tuple[str, ...]
    what: Callable[[], str]
    why: Callable[[], str]


_clocks: dict[str, Clock] = {}
_stays: dict[str, Stays] = {}


def register_clock(clock: Clock) -> None:
    """Add a kind of data to the list. Raises ValueError when another one has its name."""
    if _clocks.setdefault(clock.name, clock) is not clock:
        raise ValueError(f"There is a clock of the name {clock.name} already.")


def register_stays(stays: Stays) -> None:
    """Add tables without a clock to the list. Raises ValueError when others have their name."""
    if _stays.setdefault(stays.name, stays) is not stays:
        raise ValueError(f"Something of the name {stays.name} stays already.")


def clocks() -> list[Clock]:
    """Every kind of data with a clock, by its name."""
    return [_clocks[name] for name in sorted(_clocks)]


def clock_named(name: str) -> Clock:
    """One of them. Raises KeyError when there is none of this name."""
    return _clocks[name]


def all_that_stays() -> list[Stays]:
    """Everything without a clock, by its name."""
    return [_stays[name] for name in sorted(_stays)]
