"""Real footnotes of Word, which python-docx does not make: the part, its styles, calls and texts (ECMA-376, 17.11)."""

from collections.abc import Iterable

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTE_TEXT, NOTE_CALL = "footnote text", "footnote reference"
_FIRST = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def add_notes_part(document: WordDocument) -> XmlPart:
    """An empty part for footnotes, related to the document, with the two styles that Word expects."""
    text = document.styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.font.size = Pt(9)
    call = document.styles.add_style(NOTE_CALL, WD_STYLE_TYPE.CHARACTER)
    call.font.superscript = True
    package = document.part.package
    assert package is not None
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE, parse_xml(_FIRST), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def note_element(document: WordDocument, number: int) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """A footnote with this number, and its paragraph, which begins with its mark."""
    note, paragraph = OxmlElement("w:footnote"), OxmlElement("w:p")
    note.set(qn("w:id"), str(number))
    properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    style.set(qn("w:val"), document.styles[NOTE_TEXT].style_id)
    properties.append(style)
    paragraph.append(properties)
    paragraph.append(_called(document, OxmlElement("w:footnoteRef")))
    note.append(paragraph)
    return note, paragraph


def call_element(document: WordDocument, number: int) -> BaseOxmlElement:
    """The raised number in the text that leads to the note."""
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    return _called(document, reference)


def notes_in(parts: Iterable[Part]) -> XmlPart | Part | None:
    """The part with the footnotes among those of a package, or None."""
    return next((part for part in parts if part.content_type == CONTENT_TYPE), None)


def _called(document: WordDocument, mark: BaseOxmlElement) -> BaseOxmlElement:
    run, properties, style = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:rStyle")
    style.set(qn("w:val"), document.styles[NOTE_CALL].style_id)
    properties.append(style)
    run.append(properties)
    run.append(mark)
    return run
