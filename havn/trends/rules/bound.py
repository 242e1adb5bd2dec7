"""Whether the numbers in a text are still those that were computed.

Each sentence of a draft is made with its numbers. When somebody edits it, every number in the new words must stand as
it was computed: the whole phrase ("over 19,000", with no other word before it), no more often than it was made, and
shares in the order of the names they belong to. A computed number may be left out. What does not stand so is marked,
and nothing is changed. Words that no sentence here uses ("nearly", "half") are in `claims.py`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

# Digits with the marks that languages put between them: "19,000", "19.000", "19 000", "2.1", "2,1".
_NUMBER = re.compile(r"\d{1,3}(?:[., \u00a0\u202f’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_BAND = re.compile(r"\d+\s*[\u2013-]\s*\d+")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number as a sentence shows it, and a plain sentence of where it comes from.

    `of`: the name in the sentence whose share it is. `is_name`: it is a name itself, whose digits may stand anywhere.
    """

    shown: str
    origin: str
    of: str = ""
    is_name: bool = False


def numbers_in(text: str) -> list[str]:
    """Every number as it is written, in order; a band such as "12–18" as its two ends."""
    apart = _BAND.sub(lambda band: re.sub(r"[\u2013-]", " – ", band[0]), text)
    return [re.sub(r"[ \u202f]", "\u00a0", found[0]) for found in _NUMBER.finditer(apart)]


def not_computed(text: str, bound: Sequence[Bound], *, words: Collection[str] = ()) -> list[str]:
    """The numbers in the text that do not stand as computed. `words`: those that may stand before a number."""
    rest = _plain(text)
    for phrase, often in sorted(_phrases(bound).items(), key=lambda one: -len(one[0])):
        rest = _found(phrase, words).sub(" ", rest, count=often)
    names = {number for one in bound if one.is_name for number in numbers_in(one.shown)}
    marked = [number for number in numbers_in(rest) if number not in names]
    return marked or _at_another_name(_plain(text), bound, words)


def _phrases(bound: Iterable[Bound]) -> Counter[str]:
    return Counter(_plain(one.shown) for one in bound if not one.is_name)


def _found(phrase: str, words: Collection[str]) -> re.Pattern[str]:
    """The phrase as a whole: not the end of a longer number or word, and no other such word before it."""
    other = "".join(f"(?<!\\b{re.escape(_plain(word))} )" for word in words)
    return re.compile(rf"(?<![\w.,]){other}{re.escape(phrase)}(?![.,]?\w)")


def _at_another_name(text: str, bound: Sequence[Bound], words: Collection[str]) -> list[str]:
    """Shares that do not follow one another as the names they belong to do. Only of names and shares that are there."""
    if gone := _without_name(text, bound, words):
        return gone
    placed = []
    for one in bound:
        name, phrase = _plain(one.of), _plain(one.shown)
        if one.of and name in text and _found(phrase, words).search(text):
            placed.append((text.index(name), phrase, one.shown))
    expected = sorted(placed, key=lambda one: one[0])
    rest, stands = text, []
    for phrase in sorted({phrase for _at, phrase, _shown in placed}, key=len, reverse=True):
        stands += [(match.start(), phrase) for match in _found(phrase, words).finditer(rest)]
        rest = _found(phrase, words).sub(lambda match: " " * len(match[0]), rest)
    order = [phrase for _at, phrase in sorted(stands)]
    if len(order) != len(expected):
        return []
    return [shown for (_at, phrase, shown), there in zip(expected, order, strict=True) if phrase != there]


def _without_name(text: str, bound: Sequence[Bound], words: Collection[str]) -> list[str]:
    """Shares that stand more often than the names they belong to: somebody put another name there."""
    named = Counter(_plain(one.shown) for one in bound if one.of and _plain(one.of) in text)
    free = {_plain(one.shown) for one in bound if not one.of}
    return [
        shown
        for phrase, shown in {_plain(one.shown): one.shown for one in bound if one.of}.items()
        if phrase not in free and len(_found(phrase, words).findall(text)) > named[phrase]
    ]


def _plain(text: str) -> str:
    """For comparing: small letters, and every space an ordinary one."""
    return " ".join(text.casefold().split())


def left_out(text: str, bound: Sequence[Bound]) -> list[Bound]:
    """The computed numbers that the text does not show any more."""
    there = set(numbers_in(text))
    return [one for one in bound if not set(numbers_in(one.shown)) <= there]
