"""What stands inside a box, as one text: as it was imported (with marks), or as a person wrote it (plain)."""

from collections.abc import Sequence

from havn.recommendations.rules.factsheet import lines as look
from havn.recommendations.rules.factsheet.document import BULLET, HEADING, INNER, PARAGRAPH, Block
from havn.recommendations.rules.factsheet.inline import escaped, plain, tidy
from havn.recommendations.rules.factsheet.writing import block_line

_DEEPEST = 2


def marked_text(blocks: Sequence[Block]) -> str:
    """The blocks of a box as one text."""
    return "\n\n".join(block_line(block) for block in blocks)


def marked_blocks(text: str) -> tuple[Block, ...]:
    """The inverse of `marked_text`."""
    return tuple(_marked(line) for line in text.split("\n") if line.strip())


def written_blocks(text: str) -> tuple[Block, ...]:
    """What a person wrote: a line that begins with a hyphen is a bullet, every other is a paragraph."""
    return tuple(_written(line) for line in text.splitlines() if line.strip())


def words_of(blocks: Sequence[Block]) -> str:
    """The words alone, a line for each block."""
    return "\n".join(plain(block.text) for block in blocks)


def _marked(line: str) -> Block:
    heading, bullet = look.HEADING.match(line), look.BULLET.match(line)
    if heading:
        return Block(HEADING, tidy(heading[2]), INNER)
    if bullet:
        return Block(BULLET, tidy(bullet[2]), len(bullet[1]) // 2)
    return Block(PARAGRAPH, tidy(line))


def _written(line: str) -> Block:
    bullet = look.BULLET.match(line.expandtabs(2))
    if bullet:
        return Block(BULLET, tidy(escaped(bullet[2])), min(len(bullet[1]) // 2, _DEEPEST))
    return Block(PARAGRAPH, tidy(escaped(line)))
