"""Reads a Word file into Markdown: our own files to the letter, others as well as their styles allow."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from havn.recommendations.files.docx_notes import notes_in
from havn.recommendations.files.docx_out import BOX_LABEL, CONTENTS, DEEPEST
from havn.recommendations.files.runs import line_of
from havn.recommendations.rules.factsheet.inline import CALL, LINK, PLAIN, RAISED, STRESS, Piece
from havn.recommendations.rules.factsheet.markdown import LONGEST

MOST_UNPACKED = 30_000_000
MOST_PARTS = 500


class NotWord(ValueError):
    """The file is no Word document, or unpacks to more than any factsheet has."""


def markdown_of(content: bytes) -> str:
    """The lines of a Word file as Markdown, its notes at the end. Raises NotWord."""
    _check(content)
    try:
        document = docx.Document(io.BytesIO(content))
        return "\n\n".join(_at_most(_lines(document))) + "\n"
    except (
        OpcError,
        zlib.error,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
        IndexError,
        zipfile.BadZipFile,
        NotImplementedError,
    ) as error:
        raise NotWord from error


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise NotWord from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotWord


def _lines(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _table(document, block)
        elif line := _paragraph(document, block, quoted=False):
            yield line
    part = notes_in(document.part.package.iter_parts()) if document.part.package else None
    if part is not None:
        yield from _notes(part)


def _at_most(lines: Iterator[str]) -> Iterator[str]:
    """The lines until there are more letters than any factsheet has; what is longer is refused by who asked."""
    length = 0
    for line in lines:
        yield line
        length += len(line)
        if length > LONGEST:
            return


def _cells(table: Table, row: _Row) -> list[_Cell]:
    """Each cell of a row once: python-docx repeats one for every column that it says it spans."""
    return [_Cell(cell, table) for cell in row._tr.tc_lst]


def _table(document: WordDocument, table: Table) -> Iterator[str]:
    if len(table.columns) == 1:
        # A box: one column, whatever its rows.
        for row in table.rows:
            for paragraph in _cells(table, row)[0].paragraphs:
                if line := _paragraph(document, paragraph, quoted=True):
                    yield line
        return
    for row in table.rows:
        yield "| " + " | ".join(" ".join(cell.text.split()) for cell in _cells(table, row)) + " |"


def _paragraph(document: WordDocument, paragraph: Paragraph, *, quoted: bool) -> str:
    style = paragraph.style.name if paragraph.style is not None else ""
    if style == CONTENTS or (style or "").lower().startswith("toc "):
        return ""
    return line_of(_runs(paragraph._p, document.part), _prefix(paragraph, style or ""), quoted=quoted)


def _prefix(paragraph: Paragraph, style: str) -> str:
    if style == "Title":
        return "## "
    if style == BOX_LABEL:
        return "#### "
    if style.startswith("Heading ") and style[8:].isdigit():
        return "#" * min(6, int(style[8:]) + 1) + " "
    if style.startswith("List Bullet"):
        depth = style.removeprefix("List Bullet").strip()
        return "  " * (min(int(depth), DEEPEST) - 1 if depth.isdigit() else 0) + "- "
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbering is None:
        return ""
    level = numbering.find(qn("w:ilvl"))
    depth = level.get(qn("w:val"), "0") if level is not None else "0"
    return "  " * (int(depth) if depth.isdigit() and len(depth) == 1 else 0) + "- "


def _notes(part: Part) -> Iterator[str]:
    for note in parse_xml(part.blob).findall(qn("w:footnote")):
        number = note.get(qn("w:id"), "")
        if number.isdigit() and number != "0":
            runs = [run for paragraph in note.findall(qn("w:p")) for run in _runs(paragraph, part)]
            if line := line_of(runs, f"<sup>{number}</sup> ", quoted=False):
                yield line


def _runs(parent: BaseOxmlElement, part: Part) -> list[Piece]:
    found: list[Piece] = []
    for child in parent:
        if child.tag == qn("w:r"):
            found += _run(child)
        elif child.tag == qn("w:hyperlink"):
            inner = tuple(_runs(child, part))
            to = _target(part, child.get(qn("r:id"), ""))
            found += [Piece(LINK, to=to, inner=inner)] if to and inner else inner
        elif child.tag in {qn("w:ins"), qn("w:smartTag"), qn("w:sdt"), qn("w:sdtContent")}:
            found += _runs(child, part)
    return found


def _target(part: Part, relation: str) -> str:
    found = part.rels.get(relation)
    return found.target_ref if found is not None and found.is_external else ""


def _run(run: BaseOxmlElement) -> list[Piece]:
    found: list[Piece] = []
    properties = run.find(qn("w:rPr"))
    raised = properties is not None and _is_raised(properties)
    stressed = properties is not None and properties.find(qn("w:i")) is not None
    for child in run:
        if child.tag == qn("w:footnoteReference"):
            found.append(Piece(CALL, child.get(qn("w:id"), "")))
        elif child.tag in {qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")}:
            text = child.text or ("-" if child.tag == qn("w:noBreakHyphen") else " ")
            piece = Piece(RAISED if raised and text.strip() else PLAIN, text)
            found.append(Piece(STRESS, inner=(piece,)) if stressed and not raised else piece)
    return found


def _is_raised(properties: BaseOxmlElement) -> bool:
    mark = properties.find(qn("w:vertAlign"))
    return mark is not None and mark.get(qn("w:val")) == "superscript"
