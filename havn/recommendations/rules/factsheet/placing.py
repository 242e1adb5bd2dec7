"""Gives each line a kind, and brings what a page break tore apart back together. One line at a time, in order."""

from dataclasses import dataclass, field

from havn.recommendations.rules.factsheet import lines as look
from havn.recommendations.rules.factsheet.document import (
    BULLET,
    FOLLOW_UP,
    HEADING,
    NOTED,
    PARAGRAPH,
    PRACTICE,
    Decision,
    Line,
)
from havn.recommendations.rules.factsheet.inline import calls
from havn.recommendations.rules.refs import roman

CHAPTER = "chapter"
JOIN, FURNITURE = "join", "furniture"
_LONGEST_ENTRY = 300
CORRECTIONS = (PARAGRAPH, BULLET, HEADING, JOIN, FURNITURE)
"""What a person may say of a line that was not understood."""
_INDENT = 2
_LABEL_LEVEL = 4


@dataclass
class Passage:
    """One logical line: a kind, its text, and where it began. `quoted`: it stood in a quotation, so in a box."""

    line: int
    text: str
    kind: str = PARAGRAPH
    level: int = 0
    number: str = ""
    quoted: bool = False


@dataclass
class Draft:
    """What was read so far."""

    passages: list[Passage] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    not_understood: list[Line] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    _looked: int = 0
    _found: bool = False

    def calls(self) -> list[int]:
        """Every note that is called."""
        return [call for passage in self.passages for call in calls(passage.text)]

    @property
    def last(self) -> Passage | None:
        return self.passages[-1] if self.passages else None

    @property
    def in_chapter(self) -> bool:
        while not self._found and self._looked < len(self.passages):
            self._found = self.passages[self._looked].kind == CHAPTER
            self._looked += 1
        return self._found

    def decide(self, passage: Passage, code: str) -> None:
        self.decisions.append(Decision(passage.line, code, passage.text))


def place(draft: Draft, passage: Passage) -> None:
    """Add a line where it belongs."""
    text = passage.text.strip()
    if not passage.quoted and _is_furniture(text):
        draft.furniture.append(Line(passage.line, passage.text))
    elif not passage.quoted and look.FOREIGN.match(text):
        draft.not_understood.append(Line(passage.line, passage.text))
    elif look.HEADING.match(text):
        _place_heading(draft, passage, text)
    elif look.BULLET.match(passage.text):
        _place_bullet(draft, passage)
    else:
        _place_text(draft, passage, text)


def place_as(draft: Draft, passage: Passage, kind: str) -> None:
    """Add a line as a person said. A line that joins the one before it needs one that is text."""
    if kind == FURNITURE or kind not in CORRECTIONS:
        draft.furniture.append(Line(passage.line, passage.text))
        return
    heading, bullet = look.HEADING.match(passage.text.strip()), look.BULLET.match(passage.text)
    passage.text = heading[2] if heading else bullet[2] if bullet else passage.text.strip()
    if kind == JOIN and draft.last is not None and draft.last.kind in {PARAGRAPH, BULLET}:
        draft.last.text = f"{draft.last.text} {passage.text}"
    elif kind == JOIN:
        draft.not_understood.append(Line(passage.line, passage.text))
    else:
        passage.kind = kind
        draft.passages.append(passage)


def _place_heading(draft: Draft, passage: Passage, text: str) -> None:
    match = look.HEADING.match(text)
    assert match is not None
    passage.level, passage.text = len(match[1]), match[2]
    chapter = look.CHAPTER.match(passage.text)
    label = "" if passage.quoted and passage.level != _LABEL_LEVEL else _label(look.without_bold(passage.text))
    if chapter and not passage.quoted and roman(chapter[1]):
        passage.kind, passage.number, passage.text = CHAPTER, chapter[1], chapter[2]
    elif label:
        passage.kind, passage.text = label, look.without_bold(passage.text)
    else:
        passage.kind = HEADING
    draft.passages.append(passage)


def _place_bullet(draft: Draft, passage: Passage) -> None:
    match = look.BULLET.match(passage.text)
    assert match is not None
    passage.kind, passage.level, passage.text = BULLET, len(match[1].expandtabs(4)) // _INDENT, match[2].strip()
    draft.passages.append(passage)


def _place_text(draft: Draft, passage: Passage, text: str) -> None:
    passage.text = look.without_bold(text)
    last = draft.last
    label = "" if passage.quoted else _label(passage.text)
    if label and (label != NOTED or passage.text != text):
        passage.kind = label
        draft.passages.append(passage)
    elif last is not None and last.kind in {PARAGRAPH, BULLET} and _torn(last, passage):
        last.text = f"{last.text} {text}"
        draft.decide(passage, "joined")
    elif draft.in_chapter and look.goes_on(text) and not passage.quoted and _broken(last):
        draft.not_understood.append(Line(passage.line, text))
    else:
        if draft.in_chapter and not passage.quoted and look.SECTION_HEAD.match(text):
            passage.kind = HEADING
            draft.decide(passage, "taken-as-heading")
        draft.passages.append(passage)


def _broken(last: Passage | None) -> bool:
    # A text that begins in the middle, with nothing before it that it could go on from.
    return last is None or last.kind in {CHAPTER, HEADING}


def _torn(last: Passage, passage: Passage) -> bool:
    """Whether a page break stands between two halves. Quotations are written whole."""
    return not passage.quoted and not last.quoted and look.is_open(last.text) and look.goes_on(passage.text)


def _label(text: str) -> str:
    if look.FOLLOW_UP_LABEL.match(text):
        return FOLLOW_UP
    if look.PRACTICE_LABEL.match(text):
        return PRACTICE
    return NOTED if look.NOTED_LABEL.match(text) else ""


def _is_furniture(text: str) -> bool:
    heading = look.HEADING.match(text)
    head = heading[2] if heading else text
    return bool(
        look.RULE.match(text)
        or (len(text) <= _LONGEST_ENTRY and look.CONTENTS.match(text))
        or look.CONTENTS_HEAD.match(head)
    )
