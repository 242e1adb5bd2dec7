"""A document as a Word file: headings, lists, real footnotes, and boxes as shaded tables of one cell with a label."""

import io
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from havn.common.clock import now
from havn.recommendations.files.docx_notes import add_notes_part, call_element, note_element
from havn.recommendations.rules.factsheet.document import (
    BULLET,
    FOLLOW_UP,
    HEADING,
    HOLDERS,
    NOTED,
    PRACTICE,
    Block,
    Document,
)
from havn.recommendations.rules.factsheet.inline import CALL, LINK, RAISED, STRESS, Piece, pieces

CONTENTS, BOX_LABEL = "Havn Contents", "Havn Box Label"
"""Styles by which our own files are read again."""
DEEPEST = 3
_TEMPLATE = ("/metadata/thumbnail", "/extended-properties")
_COLOURS = {FOLLOW_UP: ("FFF4E5", "B45309"), PRACTICE: ("E9F2FD", "1D5FA8"), NOTED: ("F3F5F6", "48616A")}


def docx_of(document: Document, title: str, language: str, contents: str) -> bytes:
    """The bytes of the file. `contents`: the name of the list of chapters, in its language."""
    return _Writer(document, title, language).made(contents)


class _Writer:
    """Writes one file; `known` are the notes that it has, the others stay as raised numbers."""

    def __init__(self, document: Document, title: str, language: str) -> None:
        self.source = document
        self.word: WordDocument = docx.Document()
        self.word.core_properties.title = title[:255]
        self.word.core_properties.author = ""
        self.word.core_properties.created = self.word.core_properties.modified = now().replace(tzinfo=None)
        self.word.core_properties.comments = ""
        self.word.core_properties.language = language
        _drop_template_parts(self.word)
        self.word.styles.add_style(CONTENTS, WD_STYLE_TYPE.PARAGRAPH)
        label = self.word.styles.add_style(BOX_LABEL, WD_STYLE_TYPE.PARAGRAPH)
        label.font.bold = True
        self.notes: XmlPart = add_notes_part(self.word)
        self.known = {note.number for note in document.notes}

    def made(self, contents: str) -> bytes:
        self.blocks(self.word, self.source.front)
        if self.source.chapters:
            self.word.add_paragraph(contents, style=CONTENTS)
        for chapter in self.source.chapters:
            self.word.add_paragraph(f"{chapter.number}. {chapter.title}", style=CONTENTS)
        for chapter in self.source.chapters:
            self.text(self.word.add_paragraph(style="Heading 1"), f"{chapter.number}. {chapter.title}")
            self.blocks(self.word, chapter.blocks)
        for note in self.source.notes:
            element, paragraph = note_element(self.word, note.number)
            self.runs(paragraph, self.notes, pieces(f" {note.text}"))
            self.notes.element.append(element)
        file = io.BytesIO()
        self.word.save(file)
        return file.getvalue()

    def blocks(self, place: WordDocument | _Cell, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.kind in HOLDERS:
                self.box(block)
            else:
                self.text(place.add_paragraph(style=_style(block)), block.text)

    def text(self, paragraph: Paragraph, text: str) -> None:
        self.runs(paragraph._p, self.word.part, pieces(text))

    def box(self, block: Block) -> None:
        table = self.word.add_table(rows=1, cols=1)
        table.style = "Table Grid"
        cell = table.cell(0, 0)
        fill, line = _COLOURS[block.kind]
        cell._tc.get_or_add_tcPr().append(_borders(line))
        cell._tc.get_or_add_tcPr().append(_shading(fill))
        label = cell.paragraphs[0]
        label.style = BOX_LABEL
        self.text(label, block.text)
        self.blocks(cell, block.children)

    def runs(
        self, parent: BaseOxmlElement, part: Part, runs: Iterable[Piece], marks: frozenset[str] = frozenset()
    ) -> None:
        for run in runs:
            if run.kind == CALL and int(run.text) in self.known:
                parent.append(call_element(self.word, int(run.text)))
            elif run.kind == LINK:
                parent.append(self.link(part, run, marks))
            elif run.inner:
                self.runs(parent, part, run.inner, marks | {STRESS})
            else:
                raised = {RAISED} if run.kind in {CALL, RAISED} else set()
                parent.append(_run(run.text, marks | raised))

    def link(self, part: Part, run: Piece, marks: frozenset[str]) -> BaseOxmlElement:
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), part.rels.get_or_add_ext_rel(RELATIONSHIP_TYPE.HYPERLINK, run.to))
        if run.inner:
            self.runs(element, part, run.inner, marks | {LINK})
        else:
            element.append(_run(run.to, marks | {LINK}))
        return element


def _drop_template_parts(word: WordDocument) -> None:
    """The picture and the program's name of the empty template: they say nothing about this file."""
    relations = word.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith(_TEMPLATE)]:
        del relations[key]


def _style(block: Block) -> str:
    if block.kind == HEADING:
        # A chapter is heading 1; what stands in front is the title and what belongs to it.
        return "Title" if block.level <= 2 else f"Heading {block.level - 1}"
    if block.kind == BULLET:
        return "List Bullet" if not block.level else f"List Bullet {min(block.level + 1, DEEPEST)}"
    return "Normal"


def _run(text: str, marks: frozenset[str]) -> BaseOxmlElement:
    run, properties, words = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    if STRESS in marks:
        properties.append(OxmlElement("w:i"))
    if LINK in marks:
        colour, line = OxmlElement("w:color"), OxmlElement("w:u")
        colour.set(qn("w:val"), "0B5394")
        line.set(qn("w:val"), "single")
        properties.append(colour)
        properties.append(line)
    if RAISED in marks:
        raised = OxmlElement("w:vertAlign")
        raised.set(qn("w:val"), "superscript")
        properties.append(raised)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(properties)
    run.append(words)
    return run


def _shading(fill: str) -> BaseOxmlElement:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shading.set(qn(f"w:{name}"), value)
    return shading


def _borders(colour: str) -> BaseOxmlElement:
    borders = OxmlElement("w:tcBorders")
    for side, size in (("top", "8"), ("left", "48"), ("bottom", "8"), ("right", "8")):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    return borders
