"""A document as Markdown, the one form that every reading leads to and every file is compared by."""

import hashlib
import re
from collections.abc import Iterable

from havn.recommendations.rules.factsheet.document import BULLET, HEADING, HOLDERS, Block, Document

_LABEL = "#### "
_MARKS = ("#", "-", ">", "|", "!", "`", "~", "*", "_", "•")
_STRESS = re.compile(r"\*[^*\s][^*]*\*")


def as_markdown(document: Document) -> str:
    """The whole factsheet: blocks with an empty line between them, boxes as quotations, notes at the end."""
    parts = [*_blocks(document.front)]
    for chapter in document.chapters:
        parts.append(f"## {chapter.number}. {chapter.title}")
        parts += _blocks(chapter.blocks)
    parts += [f"<sup>{note.number}</sup> {note.text}" for note in document.notes]
    return "\n\n".join(parts) + "\n"


def fingerprint(document: Document) -> str:
    """The same for equal documents, whatever file they came from."""
    return hashlib.sha256(as_markdown(document).encode()).hexdigest()


def _blocks(blocks: Iterable[Block]) -> list[str]:
    return [block_line(block) for block in blocks]


def block_line(block: Block) -> str:
    """One block with its mark, a box with all that is in it."""
    if block.kind == HEADING:
        return f"{'#' * block.level} {block.text}"
    if block.kind == BULLET:
        return f"{'  ' * block.level}- {block.text}"
    if block.kind in HOLDERS:
        inner = [f"> {line}" for one in block.children for line in ("", block_line(one))]
        return "\n".join([f"> {_LABEL}{block.text}", *(line.rstrip() for line in inner)])
    return guarded(block.text)


def guarded(text: str) -> str:
    """A paragraph that begins like a mark of a line, so that it is read as a paragraph."""
    return f"\\{text}" if text.startswith(_MARKS) and not _STRESS.match(text) else text
