"""In which order lines are offered: what is certain and open now first, then in my language, in my country, for me."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Reach = Literal["open", "perhaps", "write", "unknown", "closed"]

RANK: dict[Reach, int] = {"open": 0, "perhaps": 1, "write": 2, "unknown": 3, "closed": 4}
"""open: for certain. perhaps: open by hours that nobody has confirmed lately. write: any hour, by letter, mail or
form. unknown: nobody told the hours. closed: opens later."""


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; "" for anything."""

    country: str = ""
    language: str = ""
    audience: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Line:
    """A service as the order needs it. `assumed`: its languages are those of the country, nobody stated them."""

    reach: Reach
    country: str
    languages: Collection[str]
    assumed: bool
    audiences: Collection[str]
    topics: Collection[str]
    name: str
    certain: bool


def suits(line: Line, wish: Wish) -> bool:
    """Whether the line may help. What is not known does not rule it out; what is known and other does."""
    if wish.language and wish.language not in line.languages:
        return False
    if wish.country and wish.country != line.country:
        return False
    if wish.audience and line.audiences and wish.audience not in line.audiences:
        return False
    return not (wish.topic and line.topics and wish.topic not in line.topics)


def place_of(line: Line, wish: Wish, home: str) -> tuple[object, ...]:
    """A key to sort by. `home`: the country of the site, which comes first where no other is wished."""
    return (
        RANK[line.reach],
        not line.certain,
        bool(wish.language) and (wish.language not in line.languages or line.assumed),
        line.country != (wish.country or home),
        bool(wish.audience) and wish.audience not in line.audiences,
        bool(wish.topic) and wish.topic not in line.topics,
        line.country,
        line.name.casefold(),
    )


def reach_of(states: Collection[str], *, writes: bool, certain: bool) -> Reach:
    """How a service can be reached now, by the states of what somebody answers at once: open, closed, unknown."""
    if "open" in states:
        return "open" if certain else "perhaps"
    if writes:
        return "write"
    if "unknown" in states or not states:
        return "unknown"
    return "closed"
