"""What a factsheet consists of: front matter, chapters of blocks in their order, and numbered notes.

A text keeps its marks as Markdown writes them: `*stressed*`, `[words](address)`, `<address>`, `2<sup>nd</sup>`, and
`<sup>7</sup>` where note 7 is called. Two documents are equal when everything but the line numbers is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

HEADING, PARAGRAPH, BULLET = "heading", "paragraph", "bullet"
FOLLOW_UP, PRACTICE, NOTED = "follow-up", "practice", "noted"
BOXES = (FOLLOW_UP, PRACTICE)
"""A box of the Party: orange for follow-up, blue for promising practices."""
HOLDERS = (*BOXES, NOTED)
"""Blocks with a label of their own and others inside; `noted` are practices that the Committee itself names."""

SECTION, TOPIC, INNER = 3, 4, 5
"""Levels of headings: a part of a chapter, a subject in it, and one inside a box. A chapter stands at 2."""


@dataclass(frozen=True)
class Block:
    """A piece of text in its place. `level` of a bullet counts from 0; `text` of a box is its label as printed.

    `verb`: by which the Committee speaks here, where a person said so and the words do not.
    """

    kind: str
    text: str
    level: int = 0
    children: tuple["Block", ...] = ()
    verb: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Note:
    """A footnote."""

    number: int
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ChapterText:
    """A chapter: its Roman number, its title, and what stands in it."""

    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Document:
    """A whole factsheet."""

    front: tuple[Block, ...] = ()
    chapters: tuple[ChapterText, ...] = ()
    notes: tuple[Note, ...] = ()

    def note(self, number: int) -> Note | None:
        """The note with this number."""
        return next((note for note in self.notes if note.number == number), None)

    def twice(self) -> str:
        """The number of a chapter that begins twice; "" where none does."""
        numbers = [chapter.number for chapter in self.chapters]
        return next((number for number in numbers if numbers.count(number) > 1), "")


@dataclass(frozen=True)
class Line:
    """A line of the file with its number, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Decision:
    """Something that the reading had to decide about a line: a code of `rules.factsheet.telling`."""

    line: int
    code: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What became of a file: every line is in the document, is page furniture, or was not understood.

    `placed`: what the lines in the document are there (a kind of block, "chapter", "note", or "join": part of the text
    before it), by their numbers. `lines`: all that have words.
    """

    document: Document
    furniture: tuple[Line, ...] = ()
    not_understood: tuple[Line, ...] = ()
    decisions: tuple[Decision, ...] = ()
    placed: Mapping[int, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def every_block(document: Document) -> Iterator[Block]:
    """All blocks in the order in which they are read, those inside others too."""
    yield from _with_inner(document.front)
    for chapter in document.chapters:
        yield from _with_inner(chapter.blocks)


def _with_inner(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _with_inner(block.children)
