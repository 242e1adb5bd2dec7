"""A report as a PDF that everybody can read: tagged, with language and title (PDF/UA-1). Nothing is fetched for it."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from havn.activities.models import PeriodReport
from havn.activities.pages import body_of, head_of

STYLE = Path(__file__).parent / "static" / "activities" / "print.css"
VARIANT = "pdf/ua-1"


def pdf_of(report: PeriodReport) -> bytes:
    """The bytes of the file. Takes a second: call it outside any transaction."""
    with override(report.language):
        html = render_to_string(
            "activities/report_pdf.html", {"report": report, "body": body_of(report), **head_of(report)}
        )
    return made_of(html)


def made_of(html: str) -> bytes:
    """The PDF of a whole HTML document, which may bring pictures as data only: nothing else that it names is fetched."""
    # Imported here: it costs 30 MB and half a second, and most processes never make one.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nothing_outside = URLFetcher(allowed_protocols=["data"])
    style = CSS(string=STYLE.read_text(), url_fetcher=nothing_outside)
    document = HTML(string=html, url_fetcher=nothing_outside, base_url=None)
    content: bytes = document.write_pdf(stylesheets=[style], pdf_variant=VARIANT)
    return content
