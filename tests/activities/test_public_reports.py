"""What the public reads, and that a draft is nowhere."""

import re

import pytest
from django.test import Client

from havn.activities import actions
from havn.activities.api import published_reports, report_visible_to_public
from havn.activities.models import PeriodReport, ReportFile
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre
from tests.activities.factories import client_of, make_activity, make_report, member
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
ADDRESS = "/en/reports/activity/two-years-of-work"


@pytest.fixture
def report(centre: Centre) -> PeriodReport:
    make_activity(
        centre, ("teachers", "participants", 40, "counted"), ("teachers", "participants", 1500, "estimate"),
        title="<b>Trygg</b>", hours="12.5", cost="300",
    )  # fmt: skip
    return make_report(centre, title="Two years of work")


def publish(report: PeriodReport) -> None:
    actions.publish_report(actor=member(report.centre), report=report)
    report.refresh_from_db()


def test_a_draft_is_nowhere_public(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    assert anyone.get(ADDRESS).status_code == 404
    assert anyone.get(f"{ADDRESS}.pdf").status_code == 404
    assert report.title not in anyone.get("/en/reports/activity").content.decode()
    assert published_reports(centre) == []
    assert not report_visible_to_public(report)
    assert not ReportFile.objects.exists()
    # Signed in makes no difference at the public address.
    assert client_of(centre).get(ADDRESS).status_code == 404


@pytest.mark.parametrize("role", ["publisher", "coordinator"])
def test_published_and_withdrawn(centre: Centre, report: PeriodReport, anyone: Client, role: str) -> None:
    client, desk = client_of(centre, role), f"/en/desk/activities/reports/{report.pk}"
    assert client.post(f"{desk}/publish").status_code == 302
    assert anyone.get(ADDRESS).status_code == 200
    assert "Two years in numbers." in anyone.get("/en/reports/activity").content.decode()
    assert anyone.get(f"{ADDRESS}.pdf").content.startswith(b"%PDF-")
    (found,) = published_reports(centre)
    assert (found.title, found.url, found.language) == ("Two years of work", ADDRESS.removeprefix("/en"), "en")
    assert "Counted: 40 participants." in found.text
    assert report_visible_to_public(report)
    assert client.post(f"{desk}/publish").status_code == 409
    assert client.post(f"{desk}/withdraw").status_code == 302
    test_a_draft_is_nowhere_public(centre, report, anyone)
    assert client.post(f"{desk}/withdraw").status_code == 409


def test_an_editor_writes_and_does_not_publish(centre: Centre, report: PeriodReport) -> None:
    client, desk = client_of(centre, "editor"), f"/en/desk/activities/reports/{report.pk}"
    assert "/publish" not in client.get(desk).content.decode()
    assert client.post(f"{desk}/publish").status_code == 403
    with pytest.raises(NotAllowed):
        actions.publish_report(actor=member(centre, "editor"), report=report)


def test_a_report_that_changes_while_its_pdf_is_made_is_not_published(
    centre: Centre, report: PeriodReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = member(centre)

    def meanwhile(_report: PeriodReport) -> bytes:
        actions.compile_report(actor=editor, report=report)
        return b"%PDF-old"

    monkeypatch.setattr("havn.activities.actions.publishing.pdf_of", meanwhile)
    with pytest.raises(Refused, match="changed the report in this moment"):
        publish(report)
    assert not ReportFile.objects.exists()


def test_the_page_shows_bases_apart_and_marks_its_language(
    centre: Centre, report: PeriodReport, anyone: Client
) -> None:
    publish(report)
    html = re.sub(r"\s+", " ", anyone.get(ADDRESS.replace("/en", "/da")).content.decode())
    assert '<html lang="da"' in html
    body = html.split('class="report-body" lang="en"')[1]
    assert "&lt;b&gt;Trygg&lt;/b&gt;" in body
    line = re.search(r"<tr> <th scope=\"row\">Teachers</th>(.*?)</tr>", body)
    assert line
    assert re.findall(r">([^<>]*)</td>", line[1]) == ["participants", "40", "", "1,500"]
    assert "12.5" in body
    assert "€" not in body
    assert "1 April 2022 to 31 March 2024" in html


def test_cost_is_public_only_when_the_report_says_so(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    PeriodReport.objects.filter(pk=report.pk).update(shows_cost=True)
    publish(report)
    assert "€300.00" in anyone.get(ADDRESS).content.decode()


def test_figures_of_a_published_report_stay_as_they_were(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    publish(report)
    before = anyone.get(ADDRESS).content
    make_activity(centre, ("parents", "participants", 77, "counted"))
    assert anyone.get(ADDRESS).content == before


def test_a_report_belongs_to_its_centre(centre: Centre, report: PeriodReport) -> None:
    publish(report)
    other = make_centre(host="other.example")
    visitor = Client(headers={"host": "other.example"})
    assert visitor.get(ADDRESS).status_code == 404
    assert visitor.get(f"{ADDRESS}.pdf").status_code == 404
    assert published_reports(other) == []
    assert "No report is published yet." in visitor.get("/en/reports/activity").content.decode()


def test_the_preview_shows_the_draft_as_the_page_will_be(centre: Centre, report: PeriodReport, anyone: Client) -> None:
    client, desk = client_of(centre, "administrator"), f"/en/desk/activities/reports/{report.pk}"
    body = '<div class="report-body"'
    draft = client.get(f"{desk}/preview").content.decode().split(body)[1].split("</main>")[0]
    publish(report)
    page = anyone.get(ADDRESS).content.decode().split(body)[1].split("</main>")[0]
    assert page.startswith(draft.split("</div>")[0])


def test_public_pages_set_no_cookie(report: PeriodReport, anyone: Client) -> None:
    publish(report)
    for address in (ADDRESS, f"{ADDRESS}.pdf", "/en/reports/activity"):
        assert not anyone.get(address).cookies
