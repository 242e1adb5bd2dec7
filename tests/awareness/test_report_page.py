"""Reports: their period in words, the project, and the whole report as a file."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from havn.awareness.models import CentreSite, PublishedFile, ReportPage
from tests.awareness.factories import make_listing, make_site
from tests.awareness.test_campaign_page import publish
from tests.tenancy.factories import make_organisation

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2022, 4, 1), dt.date(2024, 3, 31)


def make_report(*, members_only: bool = False, with_file: bool = True, **values: Any) -> ReportPage:
    """A published report in English, with its file."""
    centre = make_site()
    collection = CentreSite.objects.get(centre=centre).collection
    if with_file:
        content = ContentFile(b"%PDF-1.7 " + b"x" * 3000, name="report.pdf")
        values["report_file"] = PublishedFile.objects.create(
            title="Report", file=content, collection=collection, language="en", members_only=members_only
        )
    values = {"title": "What we did", "slug": "report", "organisation": make_organisation(centre), **values}
    report: ReportPage = publish(make_listing(centre, "en", title="About", slug="about"), ReportPage(**values))
    return report


def read() -> str:
    text = Client(headers={"host": "testserver"}).get("/en/about/report").content.decode()
    return html.unescape(text.split("<article")[1].split("</article>")[0])


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (FIRST, LAST, "1 April 2022 to 31 March 2024"),
        (FIRST, None, "From 1 April 2022"),
        (None, LAST, "Until 31 March 2024"),
        (FIRST, FIRST, "Friday 1 April 2022"),
    ],
)
def test_the_period_stands_in_words(first: dt.date | None, last: dt.date | None, said: str) -> None:
    make_report(period_start=first, period_end=last)
    assert f"<dd>{said}</dd>" in read()


def test_it_says_the_project_and_who_wrote_it_and_gives_the_file() -> None:
    report = make_report(project="Centre IV, 101000000", published_on=dt.date(2024, 6, 1))
    text = read()
    assert "Centre IV, 101000000" in text
    assert report.organisation.name in text
    address = report.report_file.url
    assert re.search(rf'href="(/en)?{re.escape(address)}" download hreflang="en"', text)
    assert "PDF, 2.9" in text
    answer = Client(headers={"host": "testserver"}).get(address)
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("options", [{"members_only": True}, {"with_file": False}])
def test_a_file_that_readers_may_not_open_is_not_offered(options: dict[str, bool]) -> None:
    make_report(**options)
    text = read()
    assert "Download" not in text
    assert "<dl" not in text
