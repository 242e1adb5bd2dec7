"""Documents as word processors and tables write them, and others with one part more."""

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from openpyxl import Workbook
from openpyxl.comments import Comment

ODT = b"application/vnd.oasis.opendocument.text"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"), ("meta", "meta"),
        ("manifest", "manifest"), ("table", "table"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A file of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, inside in parts.items():
            file.writestr(name, inside, zipfile.ZIP_STORED if name == "mimetype" else None)
    return written.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Its parts by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {one.filename: packed.read(one) for one in packed.infolist()}


def word() -> bytes:
    """With a header, a footer, a table, a list, a link, a theme, fonts, and the small picture of its first page."""
    book = docx.Document()
    book.core_properties.title = "A report"
    book.add_heading("A report")
    line = book.add_paragraph("Words, and a list", style="List Bullet")
    line.part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    book.sections[0].header.paragraphs[0].text = "Our centre"
    book.sections[0].footer.paragraphs[0].text = "Page"
    book.add_table(2, 2).cell(0, 0).text = "1"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def table() -> bytes:
    """With a link, a comment, a formula, and what is noted of a printer."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Total", 1, "=B1"])
    sheet["A2"] = "Link"
    sheet["A2"].hyperlink = "https://example.org/"
    sheet["A1"].comment = Comment("Counted by hand", "Sigrid")
    written = io.BytesIO()
    book.save(written)
    return zipped(parts_of(written.getvalue()) | {"xl/printerSettings/printerSettings1.bin": b"H\0P\0" * 300})


def text(body: str = "", **more: bytes) -> bytes:
    """As LibreOffice writes it, with its folders of settings. `body`: more of what it says."""
    link = '<text:a xlink:href="https://example.org/">a link</text:a>'
    words = f"<text:h>A report</text:h><text:p>Words, and {link}.</text:p>{body}"
    style = '<style:style style:name="P1"><style:background-image/></style:style>'
    body = f"<office:body><office:text>{words}</office:text></office:body>"
    template = '<meta:template xlink:href="../Templates/report.ott"/>'
    return zipped({
        "mimetype": ODT,
        "content.xml": _odf("document-content", f"<office:scripts/>{body}"),
        "styles.xml": _odf("document-styles", f"<office:styles>{style}</office:styles>"),
        "meta.xml": _odf("document-meta", f"<office:meta>{template}</office:meta>"),
        "settings.xml": _odf("document-settings", "<office:settings/>"),
        "manifest.rdf": b'<?xml version="1.0"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        "layout-cache": b"\x01\x02\x03",
        "Thumbnails/thumbnail.png": PNG,
        "Configurations2/accelerator/current.xml": b"",
        "Configurations2/images/Bitmaps/": b"",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}/>".encode(),
    } | more)  # fmt: skip


def _odf(name: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{name} {_ODF}>{inside}</office:{name}>'.encode()


def with_parts(content: bytes, more: Mapping[str, bytes]) -> bytes:
    """The same with these parts, or others in their place."""
    return zipped(parts_of(content) | dict(more))


def related(kind: str, target: str, mode: str = "External") -> bytes:
    """What one part points to."""
    one = f'<Relationship Id="r1" Type="{_RELATED}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{one}</Relationships>'.encode()
