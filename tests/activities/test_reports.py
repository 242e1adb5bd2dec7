"""Compile a report of a period, compile it again, read its history."""

import datetime as dt
from typing import Any

import pytest

from havn.activities import actions
from havn.activities.models import Activity, PeriodReport
from havn.activities.rules.figures import from_json
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre
from tests.activities.factories import FIRST, LAST, client_of, make_activity, make_report, member
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Two years", "summary": "What we did.", "starts_on": "2022-04-01", "ends_on": "2024-03-31",
        "language": "en", "project": "Grant 101", **changes,
    }  # fmt: skip


def sections(report: PeriodReport) -> dict[str, str]:
    """Key to text, in order."""
    return {section.key: section.text for section in report.sections.all()}


def two_years(centre: Centre) -> Activity:
    """A campaign and a training inside, one thing outside. Gives the training."""
    make_activity(centre, ("public", "views", 1200, "platform"), kind="campaign", title="SID", day=FIRST)
    make_activity(
        centre, ("public", "views", 5, "platform"), kind="campaign", title="Later", day=LAST + dt.timedelta(1)
    )
    return make_activity(centre, ("teachers", "participants", 40, "counted"), hours="12.5", cost="300")


@pytest.mark.parametrize("role", ["editor", "publisher", "coordinator"])
def test_a_new_report_has_an_introduction_a_section_for_each_kind_and_the_effort(centre: Centre, role: str) -> None:
    two_years(centre)
    response = client_of(centre, role).post("/en/desk/activities/reports/new", fields())
    report = PeriodReport.objects.get()
    assert response.headers["Location"] == f"/en/desk/activities/reports/{report.pk}"
    assert (report.slug, report.state) == ("two-years", "draft")
    found = sections(report)
    assert list(found) == ["intro", "training", "campaign", "everything", "effort"]
    assert "from 1 April 2022 to 31 March 2024" in found["intro"]
    assert "2 activities" in found["intro"] and "Grant 101" in found["intro"]
    assert found["training"] == "1 activity of this kind.\n\nCounted: 40 participants."
    assert "Statistics of platforms: 1,200 views." in found["campaign"]
    assert found["everything"] == "Counted: 40 participants.\n\nStatistics of platforms: 1,200 views."
    assert found["effort"] == "12.5 hours of work were noted."
    assert {done.title for done in from_json(report.figures).activities} == {
        "SID",
        Activity.objects.get(kind="training").title,
    }


def test_a_report_speaks_its_own_language(centre: Centre) -> None:
    two_years(centre)
    report = make_report(centre, language="nb")
    assert "1. april 2022" in sections(report)["intro"]


def test_an_empty_period_says_so(centre: Centre) -> None:
    found = sections(make_report(centre))
    assert list(found) == ["intro", "everything", "effort"]
    assert (found["everything"], found["effort"]) == ("No numbers were recorded.", "No hours of work were noted.")


def test_compiling_again_shows_what_changed_and_touches_no_edited_words(centre: Centre) -> None:
    training, editor = two_years(centre), member(centre)
    report, client = make_report(centre, editor), client_of(centre)
    section = report.sections.get(key="training")
    actions.save_section(
        actor=editor, section=section, heading="Teachers", text="We taught forty teachers.", is_left_out=False,
        seen_version=section.version,
    )  # fmt: skip
    address = f"/en/desk/activities/reports/{report.pk}"
    assert "The figures are those of the log." in client.get(f"{address}/compile").content.decode()
    assert "has changed since" not in client.get(address).content.decode()

    training.reach.update(number=45)
    training.hours = 20
    training.save()
    make_activity(centre, ("parents", "participants", 9, "estimate"), kind="parents-evening", title="An evening")
    Activity.objects.filter(title="SID").delete()
    frozen = PeriodReport.objects.get(pk=report.pk).figures
    assert "has changed since" in client.get(address).content.decode()
    html = client.get(f"{address}/compile").content.decode()
    for sentence in ("New: An evening (Parents&#x27; evening, 7 February 2023).", "No longer there: SID",
                     "Training, Teachers, participants (Counted): 40 before, 45 now.",
                     "Training: 12.5 hours and €300.00 before, 20 hours and €300.00 now."):  # fmt: skip
        assert sentence in html
    assert "Teachers</li>" in html.split("Edited sections")[1]
    assert PeriodReport.objects.get(pk=report.pk).figures == frozen

    assert client.post(f"{address}/compile").status_code == 302
    report = PeriodReport.objects.get(pk=report.pk)
    found = sections(report)
    assert list(found) == ["intro", "training", "parents-evening", "everything", "effort"]
    assert found["training"] == "We taught forty teachers."
    assert found["effort"] == "20 hours of work were noted."
    kept = report.sections.get(key="training")
    assert kept.log_changed and "45 participants" in kept.compiled_text
    assert "The log says something new" in client.get(address).content.decode()
    assert not report.sections.exclude(key="training").filter(log_changed=True).exists()
    assert {one.number for one in from_json(report.figures).counts} == {45, 9}


def test_an_edited_section_stays_when_its_activities_are_gone(centre: Centre) -> None:
    training, editor = two_years(centre), member(centre)
    report = make_report(centre, editor)
    section = report.sections.get(key="training")
    actions.save_section(
        actor=editor, section=section, heading="Ours", text="Ours.", is_left_out=False, seen_version=section.version
    )
    training.delete()
    actions.compile_report(actor=editor, report=report)
    kept = report.sections.get(key="training")
    assert (kept.text, kept.log_changed) == ("Ours.", True)


def test_another_period_compiles_again_and_another_title_does_not(centre: Centre) -> None:
    two_years(centre)
    report, client = make_report(centre), client_of(centre)
    make_activity(centre, title="Recorded later")
    address = f"/en/desk/activities/reports/{report.pk}/edit"
    assert client.post(address, fields(title="Another title")).status_code == 302
    report.refresh_from_db()
    assert (report.title, report.slug) == ("Another title", "what-we-did")
    assert len(from_json(report.figures).activities) == 2
    assert client.post(address, fields(ends_on="2024-04-01")).status_code == 302
    report.refresh_from_db()
    assert {done.title for done in from_json(report.figures).activities} >= {"Later", "Recorded later"}


@pytest.mark.parametrize(
    "changes",
    [{"ends_on": "2022-03-31"}, {"starts_on": ""}, {"title": ""}, {"language": "tlh"}, {"summary": "Two\nlines"}],
)
def test_what_makes_no_sense_is_said(centre: Centre, changes: dict[str, Any]) -> None:
    client, report = client_of(centre), make_report(centre)
    for address in ("new", f"{report.pk}/edit"):
        response = client.post(f"/en/desk/activities/reports/{address}", fields(**changes))
        assert response.status_code == 422
        assert "Nothing is saved yet" in response.content.decode()
    assert PeriodReport.objects.get().title == "What we did"


def test_the_history_tells_who_did_what(centre: Centre) -> None:
    editor = member(centre)
    report = make_report(centre, editor)
    actions.compile_report(actor=editor, report=report)
    html = client_of(centre).get(f"/en/desk/activities/reports/{report.pk}").content.decode()
    history = html.split("History")[1]
    assert history.index("Compiled a report of a period again") < history.index("Saved a report of a period")
    assert history.count(editor.name) == 2


def test_the_desk_names_the_language_of_the_report_in_the_readers(centre: Centre) -> None:
    html = (
        client_of(centre).get(f"/en/desk/activities/reports/{make_report(centre, language='da').pk}").content.decode()
    )
    assert "1 April 2022 to 31 March 2024, Danish." in html


def test_a_draft_is_thrown_away_after_asking(centre: Centre) -> None:
    client, report = client_of(centre), make_report(centre)
    address = f"/en/desk/activities/reports/{report.pk}/delete"
    assert "cannot be taken back" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert not PeriodReport.objects.exists()
    assert client.post(address).status_code == 404


def test_the_list_has_drafts_of_this_centre_alone(centre: Centre) -> None:
    make_report(centre, title="Ours")
    make_report(make_centre(host="other.example"), title="Theirs")
    html = client_of(centre).get("/en/desk/activities/reports").content.decode()
    assert "Ours" in html and "1 April 2022 to 31 March 2024" in html and "Draft" in html
    assert "Theirs" not in html


def test_an_administrator_reads_and_writes_nothing(centre: Centre) -> None:
    report, client = make_report(centre), client_of(centre, "administrator")
    address = f"/en/desk/activities/reports/{report.pk}"
    html = client.get(address).content.decode()
    for part in ("/edit", "/compile", "/delete", "/publish", "/sections/"):
        assert f"{address}{part}" not in html
    for part in ("edit", "compile", "delete", "publish", "withdraw", "sections/new"):
        assert client.post(f"{address}/{part}").status_code == 403
    with pytest.raises(NotAllowed):
        actions.compile_report(actor=member(centre, "administrator"), report=report)


def test_another_centre_finds_nothing_of_it(centre: Centre) -> None:
    report = make_report(centre)
    client = client_of(make_centre(host="other.example"))
    for part in ("", "/edit", "/compile", "/delete", "/preview", "/preview.pdf", "/sections/new"):
        assert client.get(f"/en/desk/activities/reports/{report.pk}{part}").status_code == 404
    for part in ("/publish", "/withdraw", "/compile"):
        assert client.post(f"/en/desk/activities/reports/{report.pk}{part}").status_code == 404
