"""A factsheet as a file: HTML, Word, PDF or Markdown, in its own language, with the follow-ups that are chosen."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.common.errors import Refused
from havn.common.printing import VARIANT, CannotPrint, library
from havn.recommendations.composing import Choose, document_of, validated
from havn.recommendations.files import docx_out, html_out
from havn.recommendations.models import Factsheet
from havn.recommendations.rules.factsheet.document import Document
from havn.recommendations.rules.factsheet.writing import as_markdown

FORMATS = ("html", "docx", "pdf")
EXPORTS = (*FORMATS, "md")
TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}
STYLE = Path(__file__).parent / "static" / "recommendations" / "print.css"


class NoPdf(Refused):
    """The machine lacks a library that draws letters."""


def file_of(factsheet: Factsheet, format: str, choose: Choose = validated) -> bytes:
    """The bytes of the file. A PDF takes seconds: call it outside any transaction. Raises NoPdf where it cannot be."""
    document = document_of(factsheet, choose)
    with override(factsheet.language):
        if format == "md":
            return as_markdown(document).encode()
        if format == "docx":
            return docx_out.docx_of(document, factsheet.title, factsheet.language, _("Contents"))
        html = html_of(factsheet, document)
    return html.encode() if format == "html" else _pdf(html)


def html_of(factsheet: Factsheet, document: Document) -> str:
    """The whole HTML file. Call it in the language of the factsheet."""
    names = {"contents": _("Contents"), "notes": _("Notes"), "back": _("Back to the text")}
    return html_out.whole_file(document, factsheet.title, factsheet.language, names)


def name_of(factsheet: Factsheet, format: str) -> str:
    """What the file is called when it is saved."""
    return f"factsheet-{factsheet.round.code}-{factsheet.party.slug}.{format}"


def _pdf(html: str) -> bytes:
    try:
        weasyprint = library()
    except CannotPrint as refusal:
        raise NoPdf(
            _("This server cannot make PDFs yet. Ask the operator to install Pango (libpango, libpangoft2).")
        ) from refusal
    nothing_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    style = weasyprint.CSS(string=STYLE.read_text(), url_fetcher=nothing_outside)
    document = weasyprint.HTML(string=html, url_fetcher=nothing_outside)
    content: bytes = document.write_pdf(stylesheets=[style], pdf_variant=VARIANT)
    return content
