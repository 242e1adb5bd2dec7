"""Makes a document of the passages of a file: chapters, the boxes with what stands in them, levels that mean something.

A follow-up box ends where the Committee speaks again: at a heading, a lead sentence, or a bullet whose note cites a
recommendation. A box of practices, and a practice that the Committee names, end with the chapter or at the next label.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from havn.recommendations.rules.factsheet import lines as look
from havn.recommendations.rules.factsheet.document import (
    BULLET,
    FOLLOW_UP,
    HEADING,
    HOLDERS,
    INNER,
    PARAGRAPH,
    SECTION,
    TOPIC,
    Block,
    ChapterText,
    Decision,
    Document,
    Note,
)
from havn.recommendations.rules.factsheet.inline import calls, tidy
from havn.recommendations.rules.factsheet.placing import CHAPTER, IN_BOX, Draft, Passage
from havn.recommendations.rules.factsheet.verbs import RoundWords, verb_in
from havn.recommendations.rules.refs import ids_in

_LONGEST_HEADING = 160


@dataclass
class _Shape:
    """The document while it is made. `box` is open while its passages come; `parent` is a bullet that lists others."""

    notes: dict[int, Note]
    words: RoundWords
    front: list[Block] = field(default_factory=list)
    chapters: list[tuple[Passage, list[Block]]] = field(default_factory=list)
    box: Passage | None = None
    inside: list[Block] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    parent: int | None = None

    @property
    def here(self) -> list[Block]:
        return self.chapters[-1][1] if self.chapters else self.front


def document_of(draft: Draft, notes: Iterable[Note], words: RoundWords) -> tuple[Document, list[Decision]]:
    """The document, and what had to be decided."""
    shape = _Shape({note.number: note for note in notes}, words)
    for passage, following in zip_longest(draft.passages, draft.passages[1:]):
        if shape.chapters and following is not None and _heads(shape, passage, following):
            passage.kind = HEADING
            shape.decisions.append(Decision(passage.line, "taken-as-heading", passage.text))
        _take(shape, passage)
    _close_box(shape)
    chapters = tuple(
        ChapterText(head.number, tidy(head.text), tuple(blocks), head.line) for head, blocks in shape.chapters
    )
    ordered = tuple(
        Note(note.number, tidy(note.text), note.line)
        for note in sorted(shape.notes.values(), key=lambda note: note.number)
    )
    return Document(tuple(shape.front), chapters, ordered), shape.decisions


def _heads(shape: _Shape, passage: Passage, following: Passage) -> bool:
    """Whether a short line without an end, before a lead sentence, is a heading that lost its mark.

    The first words in a box are what the Party says, whatever they look like.
    """
    if (shape.box is not None and not shape.inside) or passage.is_said:
        return False
    return (
        passage.kind == following.kind == PARAGRAPH
        and not passage.quoted
        and len(passage.text) <= _LONGEST_HEADING
        and look.is_open(passage.text)
        and not calls(passage.text)
        and verb_in(following.text, shape.words) is not None
    )


def _take(shape: _Shape, passage: Passage) -> None:
    if passage.kind == CHAPTER:
        _close_box(shape)
        shape.parent = None
        shape.chapters.append((passage, []))
    elif passage.kind in HOLDERS and shape.chapters:
        _close_box(shape)
        shape.box = passage
    elif _stands_in_box(shape, passage):
        shape.inside.append(_inner(passage))
    else:
        _close_box(shape)
        if passage.side == IN_BOX:
            shape.decisions.append(Decision(passage.line, "no-box", passage.text))
        shape.here.append(_outer(shape, passage))


def _stands_in_box(shape: _Shape, passage: Passage) -> bool:
    if passage.side == IN_BOX:
        return _open_again(shape)
    return shape.box is not None and not _ends_box(shape, shape.box, passage)


def _open_again(shape: _Shape) -> bool:
    """Whether a box is open, or the last thing was one: then it takes more."""
    if shape.box is None and shape.here and shape.here[-1].kind in HOLDERS:
        last = shape.here.pop()
        shape.box = Passage(last.line, last.text, last.kind)
        shape.inside = list(last.children)
    return shape.box is not None


def _ends_box(shape: _Shape, box: Passage, passage: Passage) -> bool:
    if passage.side or passage.verb:
        return True
    if box.quoted or passage.quoted:
        return not passage.quoted
    if passage.kind == HEADING and look.SECTION_HEAD.match(passage.text):
        return True
    if box.kind != FOLLOW_UP:
        return False
    if passage.kind == HEADING or verb_in(passage.text, shape.words):
        return True
    return passage.kind == BULLET and _cites(shape, passage.text)


def _cites(shape: _Shape, text: str) -> bool:
    return any(ids_in(shape.notes[call].text, shape.words.scheme) for call in calls(text) if call in shape.notes)


def _close_box(shape: _Shape) -> None:
    if shape.box is not None:
        box = shape.box
        shape.here.append(Block(box.kind, tidy(box.text), children=tuple(shape.inside), line=box.line))
        shape.box, shape.inside = None, []


def _inner(passage: Passage) -> Block:
    level = {HEADING: INNER, BULLET: passage.level}.get(passage.kind, 0)
    return Block(passage.kind, tidy(passage.text), level, line=passage.line)


def _outer(shape: _Shape, passage: Passage) -> Block:
    if passage.kind in HOLDERS:
        # Before the first chapter a label is only a line.
        return Block(PARAGRAPH, tidy(passage.text), line=passage.line)
    if passage.kind == HEADING:
        shape.parent = None
        return Block(HEADING, tidy(passage.text), _heading_level(shape, passage), line=passage.line)
    if passage.kind == BULLET:
        level = _bullet_level(shape, passage)
        return Block(BULLET, tidy(passage.text), level, verb=passage.verb, line=passage.line)
    shape.parent = None
    return Block(PARAGRAPH, tidy(passage.text), verb=passage.verb, line=passage.line)


def _heading_level(shape: _Shape, passage: Passage) -> int:
    if not shape.chapters:
        return passage.level or SECTION
    level = SECTION if look.SECTION_HEAD.match(passage.text) else TOPIC
    if passage.level and passage.level != level:
        shape.decisions.append(Decision(passage.line, "heading-level", passage.text))
    return level


def _bullet_level(shape: _Shape, passage: Passage) -> int:
    """Those below a bullet that ends with a colon stand one level deeper, until one cites a recommendation.

    What stands deeper already stays there: what was read and written is read the same again.
    """
    if shape.parent is not None and passage.level >= shape.parent:
        parent = shape.parent
        if _cites(shape, passage.text):
            shape.parent = None
        if passage.level > parent:
            return passage.level
        shape.decisions.append(Decision(passage.line, "bullet-level", passage.text))
        return passage.level + 1
    shape.parent = passage.level if passage.text.rstrip().endswith(":") else None
    return passage.level
