"""Gives each line a kind, and brings what a page break tore apart back together. One line at a time, in order."""

import re
from collections.abc import Collection
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
IN_BOX, OUT_OF_BOX, NOTE, VERB = "in-box", "out-of-box", "note", "verb:"
CORRECTIONS = (
    PARAGRAPH, BULLET, HEADING, CHAPTER, JOIN, NOTE, FOLLOW_UP, PRACTICE, NOTED, IN_BOX, OUT_OF_BOX, FURNITURE,
)  # fmt: skip
"""What a person may say of any line; also "verb:requests": by which verb the Committee speaks from there on."""
_NUMBERED = re.compile(r"^\[?(\d{1,4})\]?[.):]?\s+(\S.*)$")
_INDENT = 2
_LABEL_LEVEL = 4


@dataclass
class Passage:
    """One logical line: a kind, its text, and where it began. `quoted`: it stood in a quotation, so in a box.

    `is_said`: a person decided about it; `side` of a box (IN_BOX, OUT_OF_BOX) and `verb` are what they said.
    """

    line: int
    text: str
    kind: str = PARAGRAPH
    level: int = 0
    number: str = ""
    quoted: bool = False
    is_said: bool = False
    side: str = ""
    verb: str = ""


@dataclass
class Draft:
    """What was read so far."""

    passages: list[Passage] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    not_understood: list[Line] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
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

    def join(self, passage: Passage) -> bool:
        """Let a line go on from the text before it; False where that is no text."""
        if self.last is None or self.last.kind not in {PARAGRAPH, BULLET}:
            return False
        self.last.text = f"{self.last.text} {passage.text.strip()}"
        self.joined.append(passage.line)
        return True

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


def is_correction(said: str, verbs: Collection[str]) -> bool:
    """Whether it is something that a person may say of a line in a round with these verbs."""
    return said in CORRECTIONS or (said.startswith(VERB) and said.removeprefix(VERB) in verbs)


def place_as(draft: Draft, passage: Passage, said: str) -> None:
    """Add a line as a person said. What cannot be so is not understood: a text with nothing before it to go on from,
    a chapter without its Roman number."""
    line = Line(passage.line, passage.text)
    heading, bullet = look.HEADING.match(passage.text.strip()), look.BULLET.match(passage.text)
    text = heading[2] if heading else bullet[2].strip() if bullet else passage.text.strip()
    indent = len(bullet[1].expandtabs(4)) // _INDENT if bullet else 0
    passage.kind, passage.is_said = HEADING if heading else BULLET if bullet else PARAGRAPH, True
    passage.text, passage.level = look.without_bold(text), len(heading[1]) if heading else indent
    if said == FURNITURE:
        draft.furniture.append(line)
    elif said == JOIN:
        if not draft.join(passage):
            draft.not_understood.append(line)
    elif said == CHAPTER:
        _place_chapter(draft, passage, line)
    else:
        if said in {IN_BOX, OUT_OF_BOX}:
            passage.side = said
        elif said.startswith(VERB):
            passage.verb = said.removeprefix(VERB)
        else:
            passage.level = indent if said == BULLET else passage.level if heading and said == HEADING else 0
            passage.kind = said
        draft.passages.append(passage)


def note_said(text: str) -> tuple[int, str] | None:
    """The number and the words of a note that a person calls one; None where it goes on from the note before."""
    found = look.NOTE.match(text.strip()) or _NUMBERED.match(text.strip())
    return (int(found[1]), found[2]) if found else None


def _place_chapter(draft: Draft, passage: Passage, line: Line) -> None:
    chapter = look.CHAPTER.match(passage.text)
    if chapter is None or not roman(chapter[1]):
        draft.not_understood.append(line)
        return
    passage.kind, passage.number, passage.text = CHAPTER, chapter[1], chapter[2]
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
        passage.text = text
        draft.join(passage)
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
