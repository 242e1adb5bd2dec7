"""Whether the numbers in a text are still those that were computed.

Each sentence of a draft is made with its numbers. When somebody edits it, every number in the new words must be one of
the computed ones, and a computed one may be left out. What matches nothing is flagged and nothing is changed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Digits with the marks that languages put between them: "19,000", "19.000", "19 000", "2.1", "2,1".
_NUMBER = re.compile(r"\d{1,3}(?:[., \u00a0\u202f’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_BAND = re.compile(r"\d+\s*[\u2013-]\s*\d+")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number as a sentence shows it, and a plain sentence of where it comes from."""

    shown: str
    origin: str


def numbers_in(text: str) -> list[str]:
    """Every number as it is written, in order; a band such as "12–18" as its two ends."""
    apart = _BAND.sub(lambda band: re.sub(r"[\u2013-]", " – ", band[0]), text)
    return [re.sub(r"[ \u202f]", "\u00a0", found[0]) for found in _NUMBER.finditer(apart)]


def not_computed(text: str, bound: Iterable[Bound]) -> list[str]:
    """The numbers in the text that no computation gave, each as often as it stands there too much."""
    allowed = Counter(number for one in bound for number in numbers_in(one.shown))
    found = []
    for number in numbers_in(text):
        if allowed[number] > 0:
            allowed[number] -= 1
        elif number not in allowed:
            found.append(number)
    return found


def left_out(text: str, bound: Sequence[Bound]) -> list[Bound]:
    """The computed numbers that the text does not show any more."""
    there = set(numbers_in(text))
    return [one for one in bound if not set(numbers_in(one.shown)) <= there]
