"""Likely signs of who a child is, in a text on its way to a public page. Each must be changed or decided to stay.

What it finds: e-mail and web addresses, also spoken ("at", "dot"); handles (`@word`, `word#1234`, what follows the name
of a network); any four figures in a row, with spaces, dots or hyphens between them, and dates; school words with a name
or number beside them and classes such as "8B"; names of streets; words with a capital letter inside a sentence, as a
place after a little word such as "in" and as a name otherwise; what stands after "my name is" and the like, also in
small letters; and every further place of what was found as a name.

What it misses: names in small letters that nothing announces, first words of a sentence that are usual words as well,
names in scripts without capital letters, in German any noun that no such word announces, places told without their
name ("the only ice rink here"), and everything that only somebody who was there would know. It marks too much rather
than too little. A person reads the text twice; this does not do it for them.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from havn.letterbox.rules.mark_words import (
    BY_LANGUAGE,
    ENDS_OF_ADDRESSES,
    NETWORKS,
    NOT_NAMES,
    STREET_ENDS,
    STREETS,
    Words,
)


class Kind(StrEnum):
    """What a mark may give away. The order decides between marks that overlap: the first wins."""

    EMAIL = "email"
    WEB = "web"
    HANDLE = "handle"
    NUMBER = "number"
    SCHOOL = "school"
    PLACE = "place"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a text, from `start` up to `end`."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The same for every place of the same words: they are decided once."""
        return f"{self.kind}:{self.text.casefold()}"


_WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = re.compile(_WORD)
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WEB = re.compile(
    r"https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*(?:\.| dot | punktum | punkt )"
    r"(?:" + "|".join(ENDS_OF_ADDRESSES) + r")\b(?:/\S*)?",
    re.IGNORECASE,
)  # fmt: skip
_HANDLE = re.compile(
    r"(?<![\w.])@[\w.]{2,}|\b[\w.]{2,}#\d{3,}|\b(?:" + "|".join(NETWORKS) + r")\b\s*(?:is|er|:|=|är|-)\s*(@?[\w.]{3,})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\d(?:[ .()/-]{0,2}\d){3,}|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b")
_CLASS = re.compile(r"\b\d{1,2}\s?[A-ZÆØÅÄÖ]\b|\b\d{1,2}[a-h]\b")
_RUN = re.compile(r"\w+")
# A sentence begins after one of these, and after whatever of the others stands in between.
_ENDS, _BETWEEN = frozenset(".!?:…\n"), frozenset("\"'«»“”„(–-")


def marks_in(text: str, language: str) -> list[Mark]:
    """Everything found, in order, none over another. A language without lists of its own is read as English."""
    words = BY_LANGUAGE.get(language) or BY_LANGUAGE["en"]
    found = list(_patterns(text))
    found += _schools(text, words)
    found += _streets(text)
    found += _capitals(text, words)
    found += _announced(text, words)
    clear = _without_overlaps(found)
    return _without_overlaps([*clear, *_elsewhere(text, clear)])


def undecided(text: str, language: str, kept: Collection[str]) -> list[Mark]:
    """The marks that nobody has decided to keep, the first of each."""
    first: dict[str, Mark] = {}
    for mark in marks_in(text, language):
        first.setdefault(mark.key, mark)
    return [mark for key, mark in first.items() if key not in kept]


def replaced(text: str, key: str, words: str) -> str:
    """The text with other words at every place of one mark, in small letters too."""
    marked = key.partition(":")[2]
    return re.sub(rf"(?<!\w){re.escape(marked)}(?!\w)", lambda _found: words, text, flags=re.IGNORECASE)


def pieces(text: str, language: str) -> list[tuple[str, Mark | None]]:
    """The text cut at its marks, in order: for showing them."""
    cut: list[tuple[str, Mark | None]] = []
    at = 0
    for mark in marks_in(text, language):
        if mark.start > at:
            cut.append((text[at : mark.start], None))
        cut.append((mark.text, mark))
        at = mark.end
    return [*cut, (text[at:], None)] if at < len(text) else cut


def _mark(kind: Kind, text: str, start: int, end: int) -> Mark:
    return Mark(kind, text[start:end], start, end)


def _patterns(text: str) -> Iterator[Mark]:
    for found in _EMAIL.finditer(text):
        yield _mark(Kind.EMAIL, text, *found.span())
    for found in _WEB.finditer(text):
        yield _mark(Kind.WEB, text, found.start(), found.start() + len(found[0].rstrip(".,;:!?)")))
    for found in _HANDLE.finditer(text):
        start, end = found.span(1) if found[1] else found.span()
        yield _mark(Kind.HANDLE, text, start, start + len(text[start:end].rstrip(".")))
    for found in _NUMBER.finditer(text):
        yield _mark(Kind.NUMBER, text, *found.span())
    for found in _CLASS.finditer(text):
        yield _mark(Kind.SCHOOL, text, *found.span())


def _schools(text: str, words: Words) -> Iterator[Mark]:
    """A school word with a name or a number beside it, or grown together with a name."""
    plain = "|".join(sorted(map(re.escape, words.schools), key=len, reverse=True))
    capital = r"(?:[^\W\d_a-zæøåäöüéèąćęłńóśźż][\w'’-]*|[A-Z]\w{0,2}\.)"
    before = rf"(?:{capital}[ ]+){{1,3}}(?i:\w*(?:{plain}))\b"
    after = (
        rf"(?i:\b\w*(?:{plain}))\s+(?:(?:of|am|an der|de|du|nr\.?|no\.?|i|im)\s+)?(?:{capital}(?:\s+{capital})*|\d+)"
    )
    grown = rf"\b[^\W\d_]{{3,}}(?:{plain})\b"
    for found in re.finditer(after if words.nouns_are_capital else f"{before}|{after}", text):
        yield _mark(Kind.SCHOOL, text, *found.span())
    for found in re.finditer(grown, text, re.IGNORECASE):
        if found[0].casefold() not in words.schools and found[0][0].isupper():
            yield _mark(Kind.SCHOOL, text, *found.span())


def _streets(text: str) -> Iterator[Mark]:
    ends = "|".join(STREET_ENDS)
    named = "|".join(map(re.escape, STREETS))
    for found in re.finditer(rf"\b[^\W\d_]{{3,}}(?:{ends})\b(?:\s+\d+\w?)?", text, re.IGNORECASE):
        yield _mark(Kind.PLACE, text, *found.span())
    for found in re.finditer(rf"\b(?:{_WORD}\s+)(?i:{named})(?!\w)|\b(?i:{named})\s+{_WORD}", text):
        if any(word[0].isupper() for word in found[0].split()):
            yield _mark(Kind.PLACE, text, *found.span())


def _capitals(text: str, words: Words) -> Iterator[Mark]:
    small = {found[0].casefold() for found in _CAPITAL.finditer(text) if found[0][0].islower()}
    last, last_end = "", 0
    for found in _CAPITAL.finditer(text):
        word, before = found[0], last
        close = text[last_end : found.start()].strip(" ") == ""
        last, last_end = word.casefold(), found.end()
        if not word[0].isupper():
            continue
        after_place = close and before in words.places
        if words.nouns_are_capital and not after_place:
            continue
        if word.casefold() in words.starts or word.casefold() in words.schools:
            continue
        if word.casefold() in small and _opens_a_sentence(text, found.start()):
            continue
        yield _mark(Kind.PLACE if after_place else Kind.NAME, text, *found.span())


def _opens_a_sentence(text: str, at: int) -> bool:
    while at and text[at - 1] not in _ENDS and (text[at - 1].isspace() or text[at - 1] in _BETWEEN):
        at -= 1
    return at == 0 or text[at - 1] in _ENDS


def _announced(text: str, words: Words) -> Iterator[Mark]:
    """What stands after "my name is": a name, whatever its first letter. After a mere "friend": only a capital."""
    for before in (*words.announces, *words.names):
        sure = before in words.announces
        for found in re.finditer(rf"(?i:\b{re.escape(before)})\s+({_WORD})", text):
            name = found[1]
            if name.casefold() not in words.starts | NOT_NAMES and (sure or name[0].isupper()):
                yield _mark(Kind.NAME, text, *found.span(1))


def _elsewhere(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """Every place of what was found as a name, a place or a school: in one walk through the words of the text."""
    kinds: dict[str, Kind] = {}
    for mark in marks:
        if mark.kind in (Kind.NAME, Kind.PLACE, Kind.SCHOOL) and len(mark.text) > 2:
            kinds.setdefault(mark.text, mark.kind)
    by_first: dict[str, list[str]] = {}
    for name in kinds:
        if first := _RUN.match(name):
            by_first.setdefault(first[0].casefold(), []).append(name)
    for found in _RUN.finditer(text):
        for name in by_first.get(found[0].casefold(), ()):
            start, end = found.start(), found.start() + len(name)
            if text[start:end].casefold() == name.casefold() and not _RUN.match(text, end):
                yield _mark(kinds[name], text, start, end)


def _without_overlaps(marks: list[Mark]) -> list[Mark]:
    """Those that win, by their place. A mark of nothing is none."""
    rank = {kind: place for place, kind in enumerate(Kind)}
    chosen: list[Mark] = []
    starts: list[int] = []
    for mark in sorted(marks, key=lambda one: (rank[one.kind], one.start - one.end, one.start)):
        at = bisect_right(starts, mark.start)
        free_before = at == 0 or chosen[at - 1].end <= mark.start
        free_after = at == len(chosen) or mark.end <= chosen[at].start
        if mark.start < mark.end and free_before and free_after:
            chosen.insert(at, mark)
            starts.insert(at, mark.start)
    return chosen
