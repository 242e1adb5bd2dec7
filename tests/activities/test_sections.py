"""The words of a report, section by section."""

from typing import Any

import pytest

from havn.activities import actions
from havn.activities.models import PeriodReport, Section
from havn.tenancy.models import Centre
from tests.activities.factories import client_of, make_activity, make_report, member
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def address(section: Section, part: str = "") -> str:
    return f"/en/desk/activities/sections/{section.pk}{part}"


def words(section: Section, **changes: Any) -> dict[str, Any]:
    return {"heading": "Our words", "text": "First.\n\nSecond.", "version": section.version, **changes}


@pytest.fixture
def report(centre: Centre) -> PeriodReport:
    make_activity(centre, ("teachers", "participants", 40, "counted"))
    return make_report(centre)


def test_words_are_edited_and_the_logs_own_stand_beside_to_take(centre: Centre, report: PeriodReport) -> None:
    client, section = client_of(centre, "editor"), report.sections.get(key="training")
    html = client.get(address(section)).content.decode()
    assert "Counted: 40 participants." in html
    assert "Take these words" not in html
    assert client.post(address(section), words(section)).status_code == 302
    section.refresh_from_db()
    assert (section.heading, section.text.replace("\r", ""), section.is_edited) == (
        "Our words",
        "First.\n\nSecond.",
        True,
    )
    assert "Counted: 40 participants." in client.get(address(section)).content.decode()
    assert client.post(address(section, "/log")).status_code == 302
    section.refresh_from_db()
    assert (section.heading, section.is_edited) == ("Training", False)


def test_two_people_at_one_section_lose_nothing(centre: Centre, report: PeriodReport) -> None:
    client, section = client_of(centre), report.sections.get(key="intro")
    seen = words(section, text="Mine.")
    actions.save_section(
        actor=member(centre), section=section, heading="Theirs", text="Theirs too.", is_left_out=False,
        seen_version=section.version,
    )  # fmt: skip
    response = client.post(address(section), seen)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Mine." in html and "Theirs too." in html
    section.refresh_from_db()
    assert section.text == "Theirs too."
    assert client.post(address(section), seen | {"version": section.version}).status_code == 302
    section.refresh_from_db()
    assert section.text == "Mine."


@pytest.mark.parametrize("changes", [{"heading": ""}, {"version": "x"}, {"version": ""}, {"text": "x" * 20_001}])
def test_what_makes_no_sense_is_said(centre: Centre, report: PeriodReport, changes: dict[str, Any]) -> None:
    section = report.sections.get(key="intro")
    response = client_of(centre).post(address(section), words(section, **changes))
    assert response.status_code == 422
    assert "Nothing is saved yet" in response.content.decode()


def test_a_section_of_ones_own_comes_last_moves_up_and_is_thrown_away(centre: Centre, report: PeriodReport) -> None:
    client = client_of(centre)
    new = f"/en/desk/activities/reports/{report.pk}/sections/new"
    assert client.get(new).status_code == 200
    assert client.post(new, {"heading": "Thanks", "text": "To all.", "version": 0}).status_code == 302

    def order() -> list[str]:
        return list(report.sections.values_list("heading", flat=True))

    assert order()[-1] == "Thanks"
    section = report.sections.get(key="")
    for _time in range(len(order()) + 1):
        assert client.post(address(section, "/up")).status_code == 302
    assert order()[0] == "Thanks"
    actions.compile_report(actor=member(centre), report=report)
    assert order()[0] == "Thanks"
    assert "cannot be taken back" in client.get(address(section, "/remove")).content.decode()
    assert client.post(address(section, "/remove")).status_code == 302
    assert "Thanks" not in order()


def test_a_section_of_the_log_is_left_out_and_not_thrown_away(centre: Centre, report: PeriodReport) -> None:
    client, section = client_of(centre), report.sections.get(key="training")
    assert client.post(address(section, "/remove")).status_code == 409
    client.post(address(section), words(section, is_left_out="on"))
    html = client.get(f"/en/desk/activities/reports/{report.pk}/preview").content.decode()
    assert "Our words" not in html
    assert "All figures of the period" in html


def test_the_log_has_no_words_for_a_section_of_ones_own(centre: Centre, report: PeriodReport) -> None:
    section = actions.add_section(actor=member(centre), report=report, heading="Thanks", text="To all.")
    assert client_of(centre).post(address(section, "/log")).status_code == 409


def test_a_published_report_stays_as_it_is(centre: Centre, report: PeriodReport) -> None:
    client, section = client_of(centre), report.sections.get(key="intro")
    actions.publish_report(actor=member(centre), report=report)
    assert client.post(address(section), words(section)).status_code == 409
    for part in ("/up", "/log", "/remove"):
        assert client.post(address(section, part)).status_code == 409
    for part in ("/compile", "/delete"):
        assert client.post(f"/en/desk/activities/reports/{report.pk}{part}").status_code == 409
    new = f"/en/desk/activities/reports/{report.pk}/sections/new"
    assert client.post(new, {"heading": "Thanks", "text": "", "version": 0}).status_code == 409
    section.refresh_from_db()
    assert section.version == 1


def test_another_centre_finds_no_section(centre: Centre, report: PeriodReport) -> None:
    section = report.sections.get(key="intro")
    client = client_of(make_centre(host="other.example"))
    assert client.get(address(section)).status_code == 404
    for part in ("", "/up", "/log", "/remove"):
        assert client.post(address(section, part), words(section)).status_code == 404
    assert client_of(centre, "administrator").post(address(section), words(section)).status_code == 403
