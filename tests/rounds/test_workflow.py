"""From asking to publishing: who may what, in which order, and what stays."""

import datetime as dt

import pytest

from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.forms.models import FormVersion
from havn.rounds import api
from havn.rounds.actions import review, rounds
from havn.rounds.actions.drafts import save_draft, take_over
from havn.rounds.actions.sending import send_in, take_back
from havn.rounds.models import DraftChange
from havn.rounds.permissions import Key
from havn.rounds.queries.rounds import board_of, places_of, sent_to, waiting_for
from havn.rounds.working import Work
from havn.statistics.rules.periods import before
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, QUARTER, ask, assignment_of, make_form, member, send, take, write
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


def test_days_that_are_not_said_follow_the_rule_of_the_form(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, opens_on=None, closes_on=None)
    assert (one.opens_on, one.closes_on) == (dt.date(2026, 10, 1), dt.date(2026, 10, 16))
    other = make_form(definition={**version.definition, "key": "other"}, kind="awareness")
    assert ask(network, other, norway, opens_on=None, closes_on=None).closes_on == dt.date(2026, 10, 30)


def test_the_whole_way_with_a_query_and_a_correction(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    coordinator = member(network, "coordinator")
    assert send(assignment_of(one, norway)).revision == 1
    assert (waiting_for(norway), sent_to(network)) == (0, 1)
    review.ask_back(
        actor=coordinator, assignment_id=assignment_of(one, norway).pk, revision=1,
        questions={"total": "Really?", "why": " "},
    )  # fmt: skip
    assert assignment_of(one, norway).state == "query"
    assert [row.question for row in assignment_of(one, norway).comments.all()] == ["total"]
    assert (waiting_for(norway), sent_to(network)) == (1, 0)
    second = {"total": 42, "by_channel": {"phone": {"contacts": 17}, "chat": {"contacts": 25}}}
    assert send(assignment_of(one, norway), second).revision == 2
    review.accept(actor=coordinator, assignment_id=assignment_of(one, norway).pk, revision=2)
    review.publish(actor=coordinator, assignment_id=assignment_of(one, norway).pk)
    [found] = api.accepted("small_quarter", QUARTER)
    assert (found.centre, found.answers["total"], found.values["double"], found.revision, found.is_published) == (
        norway, 42, 84, 2, True,
    )  # fmt: skip
    review.reopen(actor=coordinator, assignment_id=assignment_of(one, norway).pk, words="Two were counted twice.")
    third = {"total": 40, "by_channel": {"phone": {"contacts": 15}, "chat": {"contacts": 25}}}
    send(assignment_of(one, norway), third)
    [still] = api.accepted("small_quarter", QUARTER)
    assert (still.answers["total"], still.revision) == (42, 2)
    review.accept(actor=coordinator, assignment_id=assignment_of(one, norway).pk, revision=3)
    [corrected] = api.accepted("small_quarter", QUARTER)
    assert (corrected.answers["total"], corrected.revision) == (40, 3)
    kept = assignment_of(one, norway)
    assert [row.answers["total"] for row in kept.submissions.order_by("revision")] == [40, 42, 40]
    assert [row.move for row in kept.events.all()] == [
        "begin", "submit", "query", "submit", "accept", "publish", "reopen", "submit", "accept",
    ]  # fmt: skip


def test_both_sides_have_each_step_on_their_trail_and_no_words_of_it(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway)
    send(assignment_of(one, norway))
    review.ask_back(
        actor=member(network, "coordinator"), assignment_id=assignment_of(one, norway).pk, revision=1, questions={},
        words="SECRETWORD",
    )  # fmt: skip
    for centre in (network, norway):
        lines = Entry.objects.filter(centre_id=centre.pk, subject=f"assignment:{assignment_of(one, norway).pk}")
        assert [line.action for line in lines.order_by("seq")] == [
            "rounds.begun", "rounds.sent_in", "rounds.asked_back"
        ]  # fmt: skip
        assert "SECRETWORD" not in str(list(lines.values()))


@pytest.mark.parametrize("role", ["counsellor", "editor", "administrator"])
def test_other_roles_answer_and_run_nothing(role: str, network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    with pytest.raises(NotAllowed):
        write(assignment_of(one, norway), actor=member(norway, role))
    with pytest.raises(NotAllowed):
        ask(network, version, norway, actor=member(network, role))


def test_a_data_officer_runs_rounds_and_only_a_coordinator_accepts(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    officer = member(network)
    one = ask(network, version, norway, actor=officer)
    send(assignment_of(one, norway))
    with pytest.raises(NotAllowed):
        review.accept(actor=officer, assignment_id=assignment_of(one, norway).pk, revision=1)
    review.ask_back(
        actor=officer, assignment_id=assignment_of(one, norway).pk, revision=1, questions={"total": "Why?"}
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        review.accept(actor=member(norway, "coordinator"), assignment_id=assignment_of(one, norway).pk, revision=1)


def test_people_of_one_centre_touch_no_other(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    for stranger in (member(finland, "coordinator"), member(network, "coordinator")):
        with pytest.raises(NotAllowed):
            write(assignment_of(one, norway), actor=stranger)
        with pytest.raises(NotAllowed):
            take_over(actor=stranger, assignment_id=assignment_of(one, norway).pk)
    with pytest.raises(NotAllowed):
        ask(norway, version, finland)
    assert [place.assignment.centre for place in places_of(norway)] == [norway]


def test_a_key_answers_for_its_own_centre_alone(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    key = Key("abcdefgh", norway.pk)
    save_draft(actor=key, assignment_id=assignment_of(one, norway).pk, answers=GOOD, seen=None)
    assert assignment_of(one, norway).events.get().by_key == "abcdefgh"
    with pytest.raises(NotAllowed):
        save_draft(actor=key, assignment_id=assignment_of(one, finland).pk, answers=GOOD, seen=None)
    send(assignment_of(one, norway))
    with pytest.raises(NotAllowed):
        review.accept(actor=key, assignment_id=assignment_of(one, norway).pk, revision=1)  # type: ignore[arg-type]


def test_whoever_runs_the_round_writes_down_what_a_centre_sent_that_does_not_run_here(
    network: Centre, version: FormVersion
) -> None:
    away = make_centre(host=None, is_hosted=False, name="Away")
    make_organisation(away)
    one = ask(network, version, away)
    send(assignment_of(one, away), actor=member(network))
    assert assignment_of(one, away).state == "submitted"


def test_nothing_is_written_before_it_opens_and_late_is_better_than_never(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    early = ask(network, version, norway, opens_on=dt.date(2099, 1, 1))
    with pytest.raises(Refused, match="not opened"):
        write(assignment_of(early, norway))
    assert waiting_for(norway) == 0
    late = ask(network, version, norway, period=before(QUARTER), closes_on=dt.date(2020, 1, 3))
    send(assignment_of(late, norway))
    [place] = board_of(late)
    assert (place.was_late, place.waits_late) == (True, False)


def test_what_is_sent_in_can_be_taken_back_until_it_is_handled(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway)
    send(assignment_of(one, norway))
    with pytest.raises(Refused, match="Take them back"):
        write(assignment_of(one, norway))
    take_back(actor=member(norway), assignment_id=assignment_of(one, norway).pk)
    assert assignment_of(one, norway).state == "draft"
    send(assignment_of(one, norway))
    review.accept(actor=member(network, "coordinator"), assignment_id=assignment_of(one, norway).pk, revision=2)
    with pytest.raises(Refused, match="accepted"):
        take_back(actor=member(norway), assignment_id=assignment_of(one, norway).pk)


def test_a_draft_that_changed_meanwhile_is_not_sent_in_unseen(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway)
    write(assignment_of(one, norway))
    seen = Work(assignment_of(one, norway)).draft.version
    write(assignment_of(one, norway), {**GOOD, "why": "Somebody else"})
    with pytest.raises(Refused, match="changed the answers"):
        send_in(
            actor=member(norway), assignment_id=assignment_of(one, norway).pk, seen=seen, answers=GOOD, values={},
            warnings={},
        )  # fmt: skip
    assert assignment_of(one, norway).state == "draft"
    assert not assignment_of(one, norway).submissions.exists()


def test_a_warning_without_a_sentence_stops_it(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    write(assignment_of(one, norway))
    with pytest.raises(Refused, match="Explain"):
        send_in(
            actor=member(norway), assignment_id=assignment_of(one, norway).pk,
            seen=Work(assignment_of(one, norway)).draft.version, answers=GOOD, values={}, warnings={"steady": " "},
        )  # fmt: skip
    assert assignment_of(one, norway).state == "draft"


def test_the_history_of_a_draft_goes_when_it_is_sent(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    write(assignment_of(one, norway))
    assert DraftChange.objects.exists()
    send(assignment_of(one, norway))
    assert not DraftChange.objects.exists()


def test_apps_above_are_told_of_an_acceptance_after_it_is_stored(
    network: Centre, norway: Centre, version: FormVersion, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    told: list[int] = []
    monkeypatch.setattr("havn.rounds.hooks._accepted", [])
    api.register_accepted(told.append)
    one = ask(network, version, norway)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take(one, norway)
    assert told == [assignment_of(one, norway).pk]


def test_one_press_copies_the_round_with_days_by_the_rule_and_the_people_that_are_still_there(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    coordinator = member(network, "coordinator")
    one = ask(network, version, norway, finland, actor=coordinator, note="As always.", remind_days=(5,))
    officer = member(norway)
    take_over(actor=officer, assignment_id=assignment_of(one, norway).pk)
    gone = member(finland)
    take_over(actor=gone, assignment_id=assignment_of(one, finland).pk)
    gone.memberships.all().delete()
    newer = FormVersion.objects.create(
        form=version.form, number=2, definition=version.definition, made_at=version.made_at,
        changed_at=version.made_at, frozen_at=version.made_at,
    )  # fmt: skip
    made = rounds.copy_round(actor=coordinator, one=one)
    assert (made.first, made.last) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert (made.opens_on, made.closes_on) == (dt.date(2027, 1, 1), dt.date(2027, 1, 15))
    assert (made.form_version, made.note, made.remind_days) == (newer, "As always.", [5])
    people = {row.centre: row.responsible for row in made.assignments.all()}
    assert people == {norway: officer, finland: None}
    with pytest.raises(Refused, match="already"):
        rounds.copy_round(actor=coordinator, one=one)


def test_whoever_has_begun_stays_when_centres_are_chosen_anew(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    coordinator = member(network, "coordinator")
    one = ask(network, version, norway, actor=coordinator)
    write(assignment_of(one, norway))
    assert rounds.choose_centres(actor=coordinator, one=one, centres=[finland]) == (1, 0)
    assert rounds.choose_centres(actor=coordinator, one=one, centres=[]) == (0, 1)
    assert [row.centre for row in one.assignments.all()] == [norway]
    with pytest.raises(Refused, match="begun"):
        rounds.delete_round(actor=coordinator, one=one)


def test_a_form_of_another_centre_or_still_a_draft_is_not_asked(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    theirs = make_form(norway, {**version.definition, "key": "theirs"})
    with pytest.raises(NotAllowed):
        ask(network, theirs, norway)
    ask(norway, theirs, norway)
    draft = FormVersion.objects.create(
        form=theirs.form, number=2, definition=theirs.definition, made_at=theirs.made_at, changed_at=theirs.made_at
    )  # fmt: skip
    with pytest.raises(Refused, match="Freeze"):
        ask(norway, draft, norway)


def test_who_reported_counts_the_networks_rounds_alone(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    take(one, norway)
    take(ask(finland, version, finland), finland)
    found = api.who_reported("small_quarter", QUARTER)
    assert (found.asked, found.sent, found.accepted) == ([finland, norway], [norway], [norway])
    assert [row.centre for row in api.accepted("small_quarter", QUARTER)] == [norway]
    assert [row.centre for row in api.accepted("small_quarter", QUARTER, owner=finland)] == [finland]
    assert len(api.accepted_since("small_quarter", QUARTER.last)) == 1
    assert api.accepted_since("small_quarter", dt.date(2030, 1, 1)) == []


def test_a_centre_that_two_rounds_asked_for_the_same_is_counted_once(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    take(ask(network, version, norway), norway)
    again = ask(network, version, norway)
    take(again, norway, {**GOOD, "why": "The second time"})
    [row] = api.accepted("small_quarter", QUARTER)
    assert (row.round_id, row.answers["why"]) == (again.pk, "The second time")
    assert len(api.accepted_since("small_quarter", QUARTER.last)) == 1
    found = api.who_reported("small_quarter", QUARTER)
    assert (found.asked, found.sent, found.accepted) == ([norway], [norway], [norway])
