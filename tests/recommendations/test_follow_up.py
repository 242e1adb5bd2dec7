"""Follow-up in versions: written by the Party, validated by somebody else, shown with what proves it."""

import datetime as dt
from typing import Any

import pytest

from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.models import Evidence, Factsheet, FollowUp
from tests.activities.factories import make_activity
from tests.recommendations.factories import World, make_follow_up, make_sheet, today, validated
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DESK = "/en/desk/recommendations"


def form(**changes: object) -> dict[str, object]:
    day = today().isoformat()
    return {"kind": "measure", "dated_on": day, "status": "under-way", "text": "A course runs.", "body": "Red Cross",
            "due_on": "2030-01-01", "version": "0", **changes}  # fmt: skip


def test_a_data_officer_writes_a_draft_and_a_second_version(world: World, sheet: Factsheet) -> None:
    client = world.client(world.party, "data_officer")
    ask = sheet.asks.get(number=1)
    address = f"{DESK}/asks/{ask.pk}/follow-ups/new"
    assert "to train volunteers" in client.get(address).content.decode()
    assert client.post(address, form()).status_code == 302
    made = FollowUp.objects.get(is_imported=False)
    assert (made.status, made.state, made.version, made.box_id is not None) == ("under-way", "draft", 1, True)
    edit = f"{DESK}/follow-ups/{made.pk}/edit"
    assert client.post(edit, form(text="Two courses run.", version="1")).status_code == 302
    assert [one.text for one in made.versions.all()] == ["Two courses run.", "A course runs."]
    html = client.get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    for words in ("Two courses run.", "Under way", "Red Cross", "1 January 2030", "Version 2", "Version 1"):
        assert words in html
    assert Entry.objects.filter(action="recommendations.follow_up.saved", subject=f"follow_up:{made.pk}").count() == 2


def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(world: World, sheet: Factsheet) -> None:
    client = world.client(world.party, "data_officer")
    ask = sheet.asks.get(number=1)
    answer = client.post(
        f"{DESK}/asks/{ask.pk}/follow-ups/new", form(dated_on="1800-01-01", text="Kept words", body="a\x07b")
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Look at the year again." in html and "Kept words" in html
    assert not FollowUp.objects.filter(is_imported=False).exists()


def test_two_people_at_one_draft_lose_no_words(world: World, sheet: Factsheet) -> None:
    made = make_follow_up(world, sheet)
    client = world.client(world.party, "coordinator")
    address = f"{DESK}/follow-ups/{made.pk}/edit"
    assert client.post(address, form(text="Theirs", version="1")).status_code == 302
    second = client.post(address, form(text="Mine", version="1"))
    html = second.content.decode()
    assert second.status_code == 422
    assert "Theirs" in html and "Mine" in html
    assert client.post(address, form(text="Mine", version="2")).status_code == 302
    assert FollowUp.objects.get(pk=made.pk).text == "Mine"


def test_who_wrote_it_does_not_validate_it(world: World, sheet: Factsheet) -> None:
    author = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, author)
    colleague = world.person(world.party, "coordinator")
    actions.move_follow_up(actor=author, follow_up=made, verb="submit", today=today())
    with pytest.raises(NotAllowed):
        actions.move_follow_up(actor=author, follow_up=made, verb="validate", today=today())
    after = actions.move_follow_up(actor=colleague, follow_up=made, verb="validate", today=today())
    assert (after.state, after.validated_by) == ("validated", colleague)


@pytest.mark.parametrize(("state", "verb"), [("draft", "validate"), ("draft", "send_back"), ("draft", "reopen")])
def test_a_move_that_does_not_fit_is_refused(world: World, sheet: Factsheet, state: str, verb: str) -> None:
    made = make_follow_up(world, sheet)
    with pytest.raises(Refused):
        actions.move_follow_up(actor=world.person(world.party, "coordinator"), follow_up=made, verb=verb, today=today())


def test_what_waits_or_is_validated_cannot_be_changed(world: World, sheet: Factsheet) -> None:
    made = validated(world, make_follow_up(world, sheet))
    actor = world.person(world.party, "coordinator")
    words = Words(kind="measure", dated_on=today(), text="Other")
    with pytest.raises(Refused):
        actions.save_follow_up(actor=actor, follow_up=made, words=words, today=today(), seen=made.version)
    with pytest.raises(Refused):
        actions.delete_follow_up(actor=actor, follow_up=made, today=today())


def test_what_was_published_stays_as_it_is(world: World, sheet: Factsheet) -> None:
    imported = sheet.follow_ups.get(is_imported=True)
    actor = world.person(world.party, "coordinator")
    for act in (
        lambda: actions.move_follow_up(actor=actor, follow_up=imported, verb="reopen", today=today()),
        lambda: actions.delete_follow_up(actor=actor, follow_up=imported, today=today()),
        lambda: actions.add_evidence(
            actor=actor, follow_up=imported, today=today(), url="https://a.example", label="A"
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_nothing_that_nobody_validated_is_public_as_evidence(world: World, sheet: Factsheet) -> None:
    actor = world.person(world.party, "data_officer")
    link: dict[str, Any] = {"actor": actor, "today": today(), "url": "https://a.example", "label": "Unseen"}
    made = make_follow_up(world, sheet, actor)
    seen = actions.add_evidence(follow_up=made, **{**link, "label": "Seen"})
    done = validated(world, made)
    with pytest.raises(Refused):
        actions.add_evidence(follow_up=done, **link)
    with pytest.raises(Refused):
        actions.remove_evidence(actor=actor, evidence=seen, today=today())
    draft = actions.move_follow_up(actor=actor, follow_up=done, verb="reopen", today=today())
    actions.add_evidence(follow_up=draft, **link)
    assert [one.label for one in done.evidence.all()] == ["Seen"]
    assert {one.label for one in validated(world, draft).evidence.all()} == {"Seen", "Unseen"}


def test_a_practice_answers_invitations_only(world: World, sheet: Factsheet) -> None:
    requests, invites = sheet.asks.get(number=1), sheet.asks.get(number=2)
    actor = world.person(world.party, "coordinator")
    words = Words(kind="practice", dated_on=today(), text="A game.")

    def save(ask: object) -> FollowUp:
        follow_up = FollowUp(factsheet=sheet, chapter=requests.chapter, ask=ask)
        return actions.save_follow_up(actor=actor, follow_up=follow_up, words=words, today=today())

    with pytest.raises(Refused):
        save(requests)
    assert save(invites).kind == "practice"
    assert save(None).box is not None
    client = world.client(world.party, "coordinator")
    html = client.get(f"{DESK}/asks/{requests.pk}/follow-ups/new").content.decode()
    assert 'value="practice"' not in html


def test_outside_its_days_nothing_is_written(world: World, sheet: Factsheet) -> None:
    world.round.fills_from = today() + dt.timedelta(days=1)
    world.round.fills_until = today() + dt.timedelta(days=2)
    world.round.save()
    sheet.refresh_from_db()
    with pytest.raises(Refused):
        make_follow_up(world, sheet)
    client = world.client(world.party, "data_officer")
    ask = sheet.asks.get(number=1)
    assert client.get(f"{DESK}/asks/{ask.pk}/follow-ups/new").status_code == 409
    assert "Write follow-up" not in client.get(f"{DESK}/asks/{ask.pk}").content.decode()


def test_the_secretariat_and_other_centres_do_not_write(world: World, sheet: Factsheet) -> None:
    other = make_centre(host="other.testserver")
    for centre in (world.network, other):
        with pytest.raises(NotAllowed):
            make_follow_up(world, sheet, world.person(centre, "coordinator"))
    made = make_follow_up(world, sheet)
    client = world.client(other, "coordinator")
    for path in (
        f"follow-ups/{made.pk}",
        f"asks/{made.ask_id}",
        f"factsheets/{sheet.pk}",
        f"follow-ups/{made.pk}/edit",
    ):
        assert client.get(f"{DESK}/{path}").status_code == 404


def test_a_person_of_another_centre_is_not_responsible(world: World, sheet: Factsheet) -> None:
    stranger = world.person(make_centre(host="other.testserver"), "coordinator")
    with pytest.raises(NotAllowed):
        make_follow_up(world, sheet, responsible=stranger)


def test_evidence_from_the_log_is_suggested_accepted_and_taken_away(world: World, sheet: Factsheet) -> None:
    chapter = sheet.round.chapters.get(number="II")
    chapter.proves = {"activity_kinds": ["training"], "groups": ["volunteers"]}
    chapter.save()
    fits = make_activity(world.party, ("volunteers", "participants", 40, "counted"), title="A course")
    make_activity(world.party, ("parents", "participants", 40, "counted"), title="An evening")
    make_activity(make_centre(host=None), ("volunteers", "participants", 1, "counted"), title="Of others")
    made = make_follow_up(world, sheet)
    client = world.client(world.party, "data_officer")
    html = client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/II").content.decode()
    assert "show 1 thing" in html and "A course" in html and "An evening" not in html and "Of others" not in html
    address = f"{DESK}/evidence-for/{made.pk}"
    assert client.post(address, {"thing": f"activity:{fits.pk}"}).status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.label.startswith("Activity: A course") and evidence.dated_on == fits.ends_on
    page = client.get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    assert f"/desk/activities/{fits.pk}" in page and "show 1 thing" not in page
    assert client.post(address, {"thing": f"activity:{fits.pk}"}).status_code == 409
    assert client.post(f"{DESK}/evidence/{evidence.pk}/remove").status_code == 302
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {}, {"url": "http://a.example", "label": "x"}, {"url": "javascript:x", "label": "x"}, {"url": "https://a.example"},
        {"thing": "activity:999999"}, {"thing": "nothing:1"}, {"thing": "activity:1", "url": "https://a.example"},
    ],
)  # fmt: skip
def test_evidence_that_is_none_is_refused(world: World, sheet: Factsheet, posted: dict[str, str]) -> None:
    made = make_follow_up(world, sheet)
    client = world.client(world.party, "data_officer")
    assert client.post(f"{DESK}/evidence-for/{made.pk}", posted).status_code == 422
    assert not Evidence.objects.exists()


def test_an_activity_of_another_centre_is_no_evidence(world: World, sheet: Factsheet) -> None:
    theirs = make_activity(make_centre(host=None))
    made = make_follow_up(world, sheet)
    with pytest.raises(Refused):
        actions.add_evidence(
            actor=world.person(world.party, "coordinator"), follow_up=made, today=today(), thing=f"activity:{theirs.pk}"
        )


def test_what_is_overdue_is_marked_and_counted_in_the_menu(world: World, sheet: Factsheet) -> None:
    late = make_follow_up(world, sheet, status="under-way", due_on=today() - dt.timedelta(days=1))
    make_follow_up(world, sheet, status="done", due_on=today() - dt.timedelta(days=1))
    make_follow_up(world, sheet, status="planned", due_on=today() + dt.timedelta(days=5))
    client = world.client(world.party, "data_officer")
    html = client.get(DESK).content.decode()
    assert html.count("Overdue") == 1
    assert html.index("What is due") < html.index("Overdue")
    assert f"/follow-ups/{late.pk}" in html
    from havn.recommendations.queries.due import overdue_count

    assert overdue_count(world.party, today()) == 1
    assert overdue_count(world.network, today()) == 0


def test_others_comment_in_their_days_and_children_are_heard(world: World, sheet: Factsheet) -> None:
    ask = sheet.asks.get(number=2)
    ref = ask.recommendations.get(ref="II-3")
    editor = world.client(world.party, "editor")
    address = f"{DESK}/asks/{ask.pk}/remarks"
    assert (
        editor.post(address, {"kind": "children", "recommendation": ref.pk, "text": "Ask us earlier."}).status_code
        == 302
    )
    html = editor.get(f"{DESK}/asks/{ask.pk}").content.decode()
    assert "Contribution of children" in html and "Ask us earlier." in html and "II-3" in html
    remark = ask.remarks.get()
    assert world.client(world.party, "supervisor").post(f"{DESK}/remarks/{remark.pk}/delete").status_code == 403
    assert editor.post(f"{DESK}/remarks/{remark.pk}/delete").status_code == 302
    assert not ask.remarks.exists()
    world.round.comments_from = world.round.comments_until = today() - dt.timedelta(days=1)
    world.round.save()
    assert editor.post(address, {"kind": "comment", "text": "Late"}).status_code == 409
    assert 'name="text"' not in editor.get(f"{DESK}/asks/{ask.pk}").content.decode()


def test_a_draft_is_thrown_away_after_a_question(world: World, sheet: Factsheet) -> None:
    made = make_follow_up(world, sheet)
    client = world.client(world.party, "data_officer")
    address = f"{DESK}/follow-ups/{made.pk}/delete"
    assert "cannot be taken back" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert not FollowUp.objects.filter(pk=made.pk).exists()


def test_moves_by_the_screen(world: World, sheet: Factsheet) -> None:
    made = make_follow_up(world, sheet)
    author = world.client(world.party, "data_officer")
    colleague = world.client(world.party, "coordinator")
    move = f"{DESK}/follow-ups/{made.pk}/move"
    assert author.post(f"{move}/submit").status_code == 302
    assert author.post(f"{move}/unknown").status_code == 404
    assert colleague.post(f"{move}/validate").status_code == 409
    assert colleague.post(f"{move}/validate", {"version": "2"}).status_code == 409
    assert "Validate" in colleague.get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    assert colleague.post(f"{move}/validate", {"version": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "validated"


def test_another_factsheet_is_not_mixed_in(world: World) -> None:
    norway = make_centre(host=None, slug="norway", country_code="NO")
    other = make_sheet(world, party=norway)
    client = world.client(world.party, "data_officer")
    assert client.get(f"{DESK}/factsheets/{other.pk}").status_code == 404
    assert world.client(world.network, "coordinator").get(f"{DESK}/factsheets/{other.pk}").status_code == 200
