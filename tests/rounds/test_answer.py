"""Answering on the desk: kept as typed, figures from the records, two people at once, comments."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from havn.common.clock import now
from havn.forms.models import FormVersion
from havn.rounds import sources
from havn.rounds.actions.drafts import save_draft
from havn.rounds.actions.forgetting import KEPT_CHANGES
from havn.rounds.actions.sending import take_back
from havn.rounds.models import AnswerFile, Assignment, Draft
from havn.rounds.queries.answers import Before, before_of
from havn.rounds.sources import Found, Source, register_source
from havn.rounds.tasks import forget_changes
from havn.statistics.rules.periods import Kind, before, period_of
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, NETWORK_HOST, QUARTER, ask, assignment_of, client_of, member, send, take, write
from tests.rounds.pdfs import pdf

pytestmark = pytest.mark.django_db
PDF = pdf()


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    return assignment_of(ask(network, version, norway), norway)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the centre's own records say."""
    monkeypatch.setattr(sources, "_sources", {})
    table = {"phone": {"contacts": 16}, "chat": {"contacts": 25}, "letter": {"contacts": 2}}
    for key, found in {
        "test.total": Found(41, "From the records of Kors på halsen.", "/desk/figures", roles=("coordinator",)),
        "test.channel": Found(table, "From the records of Kors på halsen."),
        "test.reach": Found(900, "From your activity log.", basis="platform"),
    }.items():
        register_source(Source(key, lambda key=key: key, lambda centre, period, found=found: found))  # type: ignore[misc]


def address(assignment: Assignment, part: str = "") -> str:
    return f"/en/desk/rounds/answers/{assignment.pk}{part}"


def typed(assignment: Assignment, **values: Any) -> dict[str, Any]:
    """What a page sends that was opened just now."""
    draft = Draft.objects.filter(assignment=assignment).first()
    sent: dict[str, Any] = {"seen": draft.version if draft else 0, "page": "this-page", "press": "save"}
    return {**sent, **{f"q-{name}": value for name, value in values.items() if name != "press"}} | (
        {"press": values["press"]} if "press" in values else {}
    )


def stored(assignment: Assignment) -> dict[str, Any]:
    answers: dict[str, Any] = Draft.objects.get(assignment=assignment).answers
    return answers


def test_what_is_typed_is_kept_right_or_wrong(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    page = client.get(address(assignment))
    assert page.status_code == 200
    assert "What you type is kept by itself." in page.content.decode()
    sent = typed(assignment, total="forty", why="Much", **{"by_channel.phone.contacts": "3"})
    assert client.post(address(assignment), sent).status_code == 302
    assert stored(assignment) == {"total": "forty", "why": "Much", "by_channel": {"phone": {"contacts": 3}}}
    html = client.get(address(assignment)).content.decode()
    assert 'value="forty"' in html and "Write a number, such as 12." in html
    assignment.refresh_from_db()
    assert assignment.state == "draft"


def test_the_page_keeps_by_itself_and_says_what_it_cannot(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    keep = address(assignment, "/keep")
    answer = client.post(keep, typed(assignment, total="7"))
    assert (answer.status_code, answer.json()) == (200, {"version": 1, "clashes": []})
    assert stored(assignment) == {"total": 7}
    send(assignment)
    late = client.post(keep, typed(assignment, total="8"))
    assert (late.status_code, late.json()["error"]) == (
        409, "These answers have been sent in. Take them back to change them.",
    )  # fmt: skip


def test_a_locked_session_is_told_and_loses_nothing(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    client.cookies.clear()
    answer = client.post(
        address(assignment, "/keep"), typed(assignment, total="7"), headers={"accept": "application/json"}
    )  # fmt: skip
    assert answer.status_code == 401
    assert not Draft.objects.exists()


def test_two_people_at_one_question_see_both_and_lose_nothing_else(assignment: Assignment) -> None:
    write(assignment, {"total": 1, "why": "Old"})
    client = client_of(assignment.centre)
    mine = typed(assignment, total="2", why="Old")
    colleague = member(assignment.centre)
    save_draft(actor=colleague, assignment_id=assignment.pk, answers={"total": 3, "why": "New"}, seen=1)
    page = client.post(address(assignment), mine)
    html = page.content.decode()
    assert page.status_code == 409
    assert f"{colleague.name} saved “3” while you wrote." in html
    assert 'value="2"' in html and "New</textarea>" in html
    assert stored(assignment) == {"total": 3, "why": "New"}
    again = typed(assignment, total="2", why="New") | {"page": "the-next-one"}
    assert client.post(address(assignment), again).status_code == 302
    assert stored(assignment) == {"total": 2, "why": "New"}


def test_a_page_that_keeps_on_and_on_never_overwrites_a_colleague(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    keep = address(assignment, "/keep")
    opened = {"seen": 0, "page": "first-page"}
    client.post(keep, {**opened, "q-total": "1"})
    save_draft(actor=member(assignment.centre), assignment_id=assignment.pk, answers={"total": 1, "why": "A"}, seen=1)
    # The page does not show the colleague's words, and sends the field empty as it was opened.
    assert client.post(keep, {**opened, "q-total": "12", "q-why": ""}).json()["clashes"] == []
    assert stored(assignment) == {"total": 12, "why": "A"}
    told = client.post(keep, {**opened, "q-total": "12", "q-why": "B"}).json()["clashes"]
    assert [one["question"] for one in told] == ["why"]
    assert stored(assignment) == {"total": 12, "why": "A"}


def test_two_pages_of_one_person_do_not_undo_each_other(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    keep = address(assignment, "/keep")
    client.post(keep, {"seen": 0, "page": "left", "q-total": "5"})
    client.post(keep, {"seen": 0, "page": "right", "q-total": "", "q-why": "Words"})
    assert stored(assignment) == {"total": 5, "why": "Words"}


def test_figures_stand_beside_with_their_source_and_are_taken_by_a_press(assignment: Assignment, records: None) -> None:
    client = client_of(assignment.centre)
    html = client.get(address(assignment)).content.decode()
    assert "From the records of Kors på halsen." in html and ">41</strong>" in html
    assert "2 of them have no place in this table." in html
    assert "/desk/figures" not in html
    assert "/desk/figures" in client_of(assignment.centre, "coordinator").get(address(assignment)).content.decode()
    taken = client.post(address(assignment), typed(assignment, why="Typed too", press="use:total"))
    assert taken.headers["Location"].endswith("#q-total")
    assert stored(assignment) == {"why": "Typed too", "total": 41}
    assert "As in your records" in client.get(address(assignment)).content.decode()
    client.post(address(assignment), typed(assignment, total="44", why="Typed too"))
    assert "Changed by hand" in client.get(address(assignment)).content.decode()
    client.post(address(assignment), typed(assignment, total="44", why="Typed too", press="use-all"))
    assert stored(assignment) == {
        "why": "Typed too",
        "total": 44,
        "by_channel": {"phone": {"contacts": 16}, "chat": {"contacts": 25}},
        "reach": 900,
        "reach.basis": "platform",
    }


def test_the_periods_before_stand_beside_and_are_what_checks_ask(
    network: Centre, norway: Centre, version: FormVersion, assignment: Assignment
) -> None:
    last, year = before(QUARTER), QUARTER
    for _step in range(4):
        year = before(year)
    take(ask(network, version, norway, period=last), norway, {"total": 10, "by_channel": {"chat": {"contacts": 10}}})
    take(ask(network, version, norway, period=year), norway, {"total": 8, "by_channel": {"chat": {"contacts": 8}}})
    client = client_of(norway)
    html = client.get(address(assignment)).content.decode()
    assert "Last period: 10." in html and "A year ago: 8." in html and "Last period: 10 in all." in html
    client.post(address(assignment), typed(assignment, total="40"))
    assert "More than twice as many as last quarter." in client.get(address(assignment)).content.decode()


def test_the_year_that_ends_on_the_same_day_and_another_owners_round_are_not_the_period_before(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    autumn, winter = period_of(Kind.QUARTER, dt.date(2026, 10, 1)), period_of(Kind.QUARTER, dt.date(2027, 1, 1))
    whole_year = period_of(Kind.YEAR, dt.date(2026, 10, 1))

    def total(number: int) -> dict[str, object]:
        return {"total": number, "by_channel": {"chat": {"contacts": number}}}

    asked = assignment_of(ask(network, version, norway, period=winter), norway)
    take(ask(network, version, norway, period=whole_year), norway, total(400))
    take(ask(norway, version, norway, period=autumn), norway, total(70))
    assert before_of(asked) == Before(None, None)
    take(ask(network, version, norway, period=autumn), norway, total(90))
    last = before_of(asked).last
    assert last is not None and last["total"] == 90


def test_rows_are_added_and_removed_without_a_script(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    client.post(address(assignment), typed(assignment, total="3", add="cases", press=""))
    assert stored(assignment)["total"] == 3
    rows = {"cases.rows": "1", "cases.0.what": "First"}
    client.post(address(assignment), typed(assignment, total="3", **rows))
    assert stored(assignment)["cases"] == [{"what": "First"}]
    client.post(address(assignment), typed(assignment, total="3", remove="cases.0", press="", **rows))
    assert "cases" not in stored(assignment)


def test_a_comment_is_a_thread_of_both_sides(network: Centre, assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    sent = typed(assignment, total="3", press="comment:total") | {"comment-total": "Two lines were down."}
    assert client.post(address(assignment), sent).headers["Location"].endswith("#q-total")
    send(assignment)
    reader = client_of(network)
    page = reader.post(
        f"/en/desk/rounds/answers/{assignment.pk}/comment", {"question": "total", "comment": "Thank you."}, follow=True
    ).content.decode()
    assert "Two lines were down." in page and "Thank you." in page
    assert [row.by_runner for row in assignment.comments.all()] == [False, True]


def test_a_document_is_kept_given_out_as_an_attachment_and_let_go(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = SimpleUploadedFile("../Årsrapport.pdf", PDF)
    client.post(address(assignment), typed(assignment, total="3", proof=given))
    kept = AnswerFile.objects.get()
    assert stored(assignment)["proof"] == {"name": "Årsrapport.pdf", "size": len(PDF), "ref": kept.ref}
    client.post(address(assignment, "/keep"), typed(assignment, total="4"))
    client.post(address(assignment), typed(assignment, total="5"))
    assert stored(assignment)["proof"]["ref"] == kept.ref
    out = client.get(address(assignment, f"/files/{kept.ref}"))
    assert out.content == PDF
    assert out.headers["Content-Disposition"].startswith("attachment")
    assert (out.headers["X-Content-Type-Options"], out.headers["Content-Type"]) == (
        "nosniff", "application/octet-stream",
    )  # fmt: skip
    client.post(address(assignment), typed(assignment, total="5", **{"proof.remove": "on"}))
    assert "proof" not in stored(assignment)


def test_documents_go_up_with_their_rows(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    rows = {"cases.rows": "2", "cases.0.what": "First", "cases.1.what": "Second"}
    client.post(
        address(assignment),
        typed(assignment, total="3", **rows, **{"cases.1.paper": SimpleUploadedFile("second.pdf", PDF)}),
    )
    client.post(address(assignment), typed(assignment, total="3", remove="cases.0", press="", **rows))
    [row] = stored(assignment)["cases"]
    assert (row["what"], row["paper"]["name"]) == ("Second", "second.pdf")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"MZ not a pdf"), ("a.exe", b"MZ"), ("a.pdf", b""), ("a.pdf", pdf() + b" " * 200_001)],
)
def test_another_kind_of_file_is_refused_with_a_sentence_and_what_is_typed_stays(
    assignment: Assignment, name: str, content: bytes
) -> None:
    client = client_of(assignment.centre)
    sent = client.post(address(assignment), typed(assignment, total="3", proof=SimpleUploadedFile(name, content)))
    page = sent.content.decode()
    assert "Send a PDF" in page or "larger than 195.3" in page or not content
    if content:
        assert sent.status_code == 422 and "A report: " in page and "Saved." not in page
        assert 'class="ds-validation-message">Send a PDF' in page or 'message">This document is empty or' in page
    assert not AnswerFile.objects.exists()
    assert stored(assignment)["total"] == 3


def test_it_opens_by_the_clocks_of_the_centre_and_leads_to_reading_when_it_is_sent(
    network: Centre, norway: Centre, version: FormVersion, assignment: Assignment
) -> None:
    client = client_of(norway)
    early = assignment_of(ask(network, version, norway, opens_on=dt.date(2099, 1, 1)), norway)
    assert client.get(address(early)).status_code == 409
    send(assignment)
    assert client.get(address(assignment)).headers["Location"].endswith("/read")


def test_what_is_typed_after_a_colleague_sent_it_in_is_shown_again_and_kept_once_it_is_taken_back(
    assignment: Assignment,
) -> None:
    client, officer = client_of(assignment.centre), member(assignment.centre)
    opened = typed(assignment, total="9", why="Much was new", **{"comment-total": "x"})
    opened["comment-total"] = "Counted twice?"
    send(assignment)
    page = client.post(address(assignment), opened)
    html = page.content.decode()
    assert page.status_code == 409 and "sent in meanwhile" in html
    assert 'value="9"' in html and "Much was new" in html and "Counted twice?" in html
    assert stored(assignment)["total"] == GOOD["total"] and not assignment.comments.exists()
    take_back(actor=officer, assignment_id=assignment.pk)
    html = client.post(address(assignment), opened).content.decode()
    assert "Somebody else saved while you wrote." in html and "Much was new" in html
    assert stored(assignment)["total"] == GOOD["total"]


def test_a_page_older_than_what_is_known_keeps_nothing_unseen(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    client.post(address(assignment), typed(assignment, total="7"))
    opened = typed(assignment, total="8")
    with time_machine.travel(now() + KEPT_CHANGES + dt.timedelta(days=1), tick=False):
        assert forget_changes.call() == 1
    assert Draft.objects.get().forgotten == 1 and not Draft.objects.get().changes.exists()
    assert client.post(address(assignment), {**opened, "seen": "0"}).status_code == 409
    assert stored(assignment)["total"] == 7
    assert client.post(address(assignment), opened).status_code == 302
    assert stored(assignment)["total"] == 8


def test_a_comment_is_kept_whatever_is_pressed_and_shown_again_where_it_is_too_long(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    assert client.post(address(assignment), {**typed(assignment, total="7"), "comment-why": "New."}).status_code == 302
    assert [(one.question, one.text) for one in assignment.comments.all()] == [("why", "New.")]
    long = {"comment-why": "w" * 2_001, "comment-total": "Right."}
    page = client.post(address(assignment), {**typed(assignment, total="8"), **long})
    html = page.content.decode()
    assert page.status_code == 422 and "w" * 2_001 in html and 'id="comment-why-error"' in html
    assert "A comment has at most 2,000 characters." in html
    assert stored(assignment)["total"] == 8
    assert [one.question for one in assignment.comments.all()] == ["why", "total"]


def test_nobody_else_may_write_it(network: Centre, finland: Centre, assignment: Assignment) -> None:
    assert client_of(finland).get(address(assignment)).status_code == 404
    assert client_of(network).get(address(assignment)).status_code == 403
    assert client_of(assignment.centre, "counsellor").get(address(assignment)).status_code == 403
    assert client_of(assignment.centre).get(f"/en/desk/rounds/answers/{2**63}").status_code == 404
    reader = client_of(network)
    assert reader.post(address(assignment, "/keep"), typed(assignment, total="9")).status_code == 403
    assert not Draft.objects.exists()


def test_the_host_of_the_network_shows_its_own_centres_answers_to_no_other(
    network: Centre, assignment: Assignment
) -> None:
    write(assignment, {"total": 918273})
    html = client_of(network, "coordinator").get(address(assignment, "/read"), headers={"host": NETWORK_HOST})
    assert "918273" not in html.content.decode() and "918,273" not in html.content.decode()
    assert "Nothing has been sent in yet." in html.content.decode()


def test_whoever_reads_for_the_network_sees_no_records_of_the_centre(
    network: Centre, assignment: Assignment, records: None
) -> None:
    officer = member(assignment.centre)
    client = client_of(assignment.centre, user=officer)
    client.post(address(assignment), typed(assignment, press="use:total"))
    client.post(address(assignment), typed(assignment, press="use:by_channel", total="41"))
    table = {"phone": {"contacts": 15}, "chat": {"contacts": 25}}
    send(assignment, {"total": 40, "by_channel": table}, officer)
    ours = client.get(address(assignment, "/read")).content.decode()
    assert "From the records of Kors på halsen." in ours and "round-source" in ours
    theirs = client_of(network, "coordinator").get(address(assignment, "/read")).content.decode()
    assert "Kors på halsen" not in theirs and "round-source" not in theirs
    assert ">41<" not in theirs and ">900<" not in theirs and "activity log" not in theirs
    assert theirs.count("Changed by hand") == 2
