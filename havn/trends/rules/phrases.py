"""How a number is said in an article: which round number stands for it, and which word before it.

The network's articles say "over 19,000", "almost 21,000", "just under 28,000" without a rule. This is the rule here:

counts below 1,000    as they are
counts from there on  the nearest number with two leading digits (19,000) where that lies within 2 %, else with three
shares and points     the nearest whole number
said exactly          where the round number is the number (a share: to a twentieth of a point)
just over, just under where it lies within half a per cent of a count, or a quarter of a point of a share
over, almost          farther away
less than 1           where a share is not nought and would round to it
more than 99          where a share is not all and would round to it
about                 whatever its side, where what it was computed from is itself not exact

A word never lies: "over" and "just over" are above the round number, "almost" and "just under" below it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

COARSE, CLOSE = 0.02, 0.005
SHARE_SAME, SHARE_CLOSE = 0.05, 0.25
_PLAIN_BELOW = 1000


class Word(StrEnum):
    """What stands before a round number."""

    EXACT = "exact"
    JUST_OVER = "just over"
    OVER = "over"
    ALMOST = "almost"
    JUST_UNDER = "just under"
    ABOUT = "about"
    LESS = "less than"
    MORE = "more than"


@dataclass(frozen=True, slots=True)
class Said:
    """A round number and the word before it."""

    word: Word
    number: int


def say_count(number: float, *, is_exact: bool = True) -> Said:
    """How a count of nought or more is said. ValueError below nought."""
    if number < 0:
        raise ValueError("A count is never below zero.")
    if number < _PLAIN_BELOW:
        whole = _nearest(number, 1)
        return Said(Word.EXACT if is_exact else Word.ABOUT, whole)
    grain: int = 10 ** (len(str(int(number))) - 2)
    found = _nearest(number, grain)
    if abs(number - found) > COARSE * number:
        found = _nearest(number, grain // 10)
    off = (number - found) / number
    return Said(_word(off, same=0.0, close=CLOSE) if is_exact else Word.ABOUT, found)


def say_share(number: float, *, is_exact: bool = True) -> Said:
    """How per cent are said: in whole numbers, and never as none or all where it is neither."""
    found = _nearest(number, 1)
    if number > 0 and found == 0:
        return Said(Word.LESS, 1)
    if number < 100 and found == 100:
        return Said(Word.MORE, 99)
    return Said(_word(number - found, same=SHARE_SAME, close=SHARE_CLOSE) if is_exact else Word.ABOUT, found)


def _word(off: float, *, same: float, close: float) -> Word:
    if abs(off) <= same:
        return Word.EXACT
    if off > 0:
        return Word.JUST_OVER if off <= close else Word.OVER
    return Word.JUST_UNDER if -off <= close else Word.ALMOST


def _nearest(number: float, grain: int) -> int:
    parts = (Decimal(str(number)) / grain).quantize(Decimal(1), ROUND_HALF_UP)
    return int(parts) * grain
