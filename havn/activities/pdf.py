"""A report as a PDF that everybody can read: tagged, with language and title (PDF/UA-1). Nothing is fetched for it."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.activities.models import PeriodReport
from havn.activities.pages import body_of, head_of
from havn.common.errors import Refused
from havn.common.printing import VARIANT, CannotPrint, library

STYLE = Path(__file__).parent / "static" / "activities" / "print.css"


class NoPdf(Refused):
    """The machine lacks a library that draws letters, or a font."""


def pdf_of(report: PeriodReport) -> bytes:
    """The bytes of the file. Takes a second: call it outside any transaction."""
    with override(report.language):
        html = render_to_string(
            "activities/report_pdf.html", {"report": report, "body": body_of(report), **head_of(report)}
        )
    return made_of(html)


def made_of(html: str) -> bytes:
    """The PDF of a whole HTML document, which may bring pictures as data only: nothing else in it is fetched.

    Raises NoPdf where the machine cannot.
    """
    weasyprint = _weasyprint()
    nothing_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    style = weasyprint.CSS(string=STYLE.read_text(), url_fetcher=nothing_outside)
    document = weasyprint.HTML(string=html, url_fetcher=nothing_outside)
    content: bytes = document.write_pdf(stylesheets=[style], pdf_variant=VARIANT)
    return content


def _weasyprint() -> Any:
    try:
        return library()
    except CannotPrint as refusal:
        raise NoPdf(
            _("This server cannot make PDFs yet. Ask the operator to install Pango (libpango, libpangoft2).")
        ) from refusal
