"""Making rounds, and their board."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db.models import ProtectedError

from havn.forms.models import FormVersion
from havn.forms.uses import uses_of
from havn.rounds.actions.review import comment
from havn.rounds.actions.sending import take_back
from havn.rounds.models import Round
from havn.statistics.rules.periods import before
from havn.tenancy.models import Centre
from tests.rounds.factories import (
    DEFINITION,
    QUARTER,
    ask,
    assignment_of,
    client_of,
    make_form,
    member,
    send,
    take,
    write,
)
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db
DESK = "/en/desk/rounds"


def asked(asked_with: FormVersion, *centres: Centre, **values: Any) -> dict[str, Any]:
    return {
        "version": asked_with.pk, "period": "quarter:2026-07-01", "remind_days": "7, 2", "note": "",
        "centres": [one.pk for one in centres], **values,
    }  # fmt: skip


@time_machine.travel("2026-10-02T10:00:00Z", tick=False)
def test_a_round_is_made_with_days_by_the_rule(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    client = client_of(network)
    assert "Quarter 3 of 2026" in client.get(f"{DESK}/new").content.decode()
    assert client.post(f"{DESK}/new", asked(version, norway, finland)).status_code == 302
    one = Round.objects.get()
    assert (one.opens_on, one.closes_on, one.remind_days) == (dt.date(2026, 10, 1), dt.date(2026, 10, 16), [7, 2])
    assert {row.centre for row in one.assignments.all()} == {norway, finland}
    html = client.get(f"{DESK}/{one.pk}").content.decode()
    assert "14 days left" in html and "Not begun (2)" in html


@time_machine.travel("2026-10-02T10:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"period": "other"}, "Write the first and the last day"),
        ({"period": "other", "first": "2026-05-02", "last": "2026-05-01"}, "Write the first and the last day"),
        ({"period": "never"}, "Select a valid choice"),
        ({"remind_days": "often"}, "at most six numbers"),
        ({"opens_on": "2026-10-09", "closes_on": "2026-10-08"}, "A round closes after it opens."),
        ({"closes_on": "0001-01-01"}, "Look at the year again."),
        ({"version": "999999999999999999999999"}, "Select a valid choice"),
        ({"centres": ["999999999999999999999999"]}, ""),
        ({"note": "x" * 501}, "at most 500"),
    ],
)
def test_what_makes_no_sense_is_said(
    network: Centre, norway: Centre, version: FormVersion, values: dict[str, Any], said: str
) -> None:
    page = client_of(network).post(f"{DESK}/new", asked(version, norway, **values))
    assert page.status_code == 422 and said in page.content.decode()
    assert not Round.objects.exists()


@time_machine.travel("2026-10-02T10:00:00Z", tick=False)
def test_other_days_may_be_asked(network: Centre, norway: Centre, version: FormVersion) -> None:
    days = {"period": "other", "first": "2026-02-10", "last": "2026-02-10", "closes_on": "2026-03-01"}
    assert client_of(network).post(f"{DESK}/new", asked(version, norway, **days)).status_code == 302
    one = Round.objects.get()
    assert (one.first, one.last, one.period_kind, one.opens_on) == (
        dt.date(2026, 2, 10), dt.date(2026, 2, 10), "span", dt.date(2026, 2, 11)
    )  # fmt: skip


@time_machine.travel("2026-10-02T10:00:00Z", tick=False)
def test_a_centre_asks_itself_and_no_other(norway: Centre, finland: Centre, version: FormVersion) -> None:
    client = client_of(norway)
    assert client.post(f"{DESK}/new", asked(version, finland)).status_code == 422
    assert client.post(f"{DESK}/new", asked(version, norway)).status_code == 302
    hidden = make_form(finland, {**version.definition, "key": "theirs"})
    assert client.post(f"{DESK}/new", asked(hidden, norway)).status_code == 422


@time_machine.travel("2026-10-20T10:00:00Z", tick=False)
def test_the_board_shows_who_is_late_and_what_is_next(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    away = make_centre(host=None, is_hosted=False, name="Away")
    make_organisation(away)
    one = ask(network, version, norway, finland, away, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2026, 10, 16))
    send(assignment_of(one, norway))
    write(assignment_of(one, finland))
    client = client_of(network, "coordinator")
    html = client.get(f"{DESK}/{one.pk}").content.decode()
    assert html.count("4 days late") == 2 and "Came late" in html and "Does not run here" in html
    assert "Late (2)" in html and f"/answers/{assignment_of(one, norway).pk}/read" in html
    narrowed = client.get(f"{DESK}/{one.pk}?state=late").content.decode()
    assert "Norway&#x27;s centre" not in narrowed and "Finland&#x27;s centre" in narrowed
    assert client.get(f"{DESK}/{one.pk}?state=%00").status_code == 200


def test_several_are_accepted_and_all_published_at_once(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    send(assignment_of(one, norway))
    write(assignment_of(one, finland))
    other = ask(finland, version, finland)
    send(assignment_of(other, finland))
    asked = [assignment_of(one, norway).pk, assignment_of(one, finland).pk, assignment_of(other, finland).pk]
    ticked = [*(f"{pk}:1" for pk in asked), "x", ":", f"{asked[1]}:x"]
    assert client_of(network).post(f"{DESK}/{one.pk}/accept", {"one": ticked}).status_code == 403
    client = client_of(network, "coordinator")
    page = client.post(f"{DESK}/{one.pk}/accept", {"one": ticked}, follow=True).content.decode()
    assert "1 answer accepted. Not accepted, since they changed meanwhile: 1." in page
    assert assignment_of(other, finland).state == "submitted"
    assert "1 answer published." in client.post(f"{DESK}/{one.pk}/publish", follow=True).content.decode()
    assert assignment_of(one, norway).state == "published"


def test_the_board_accepts_only_the_revision_that_it_showed(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway)
    client = client_of(network, "coordinator")
    found = assignment_of(one, norway)
    send(found)
    shown = f'value="{found.pk}:1"'
    assert shown in client.get(f"{DESK}/{one.pk}").content.decode()
    take_back(actor=member(norway), assignment_id=found.pk)
    send(found)
    for stale in (f"{found.pk}:1", str(found.pk)):
        page = client.post(f"{DESK}/{one.pk}/accept", {"one": [stale]}, follow=True).content.decode()
        assert "0 answers accepted. Not accepted, since they changed meanwhile: 1." in page
    assert f'value="{found.pk}:2"' in page and assignment_of(one, norway).state == "submitted"
    client.post(f"{DESK}/{one.pk}/accept", {"one": [f"{found.pk}:2"]})
    assert assignment_of(one, norway).state == "accepted"


def test_days_are_moved_centres_chosen_and_a_round_thrown_away(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway)
    client = client_of(network)
    days = {"opens_on": "", "closes_on": "", "remind_days": "3", "note": "Mind the new list."}
    assert client.post(f"{DESK}/{one.pk}/edit", days).status_code == 302
    one.refresh_from_db()
    assert (one.closes_on, one.remind_days, one.note) == (dt.date(2026, 10, 16), [3], "Mind the new list.")
    assert client.post(f"{DESK}/{one.pk}/edit", {**days, "closes_on": "2026-09-01"}).status_code == 422
    assert client.post(f"{DESK}/{one.pk}/centres", {"centres": [finland.pk]}).status_code == 302
    assert [row.centre for row in one.assignments.all()] == [finland]
    assert client.get(f"{DESK}/{one.pk}/delete").status_code == 200
    assert client.post(f"{DESK}/{one.pk}/delete").status_code == 302
    assert not Round.objects.exists()


def test_it_is_copied_by_one_press(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    client = client_of(network)
    page = client.post(f"{DESK}/{one.pk}/copy", follow=True).content.decode()
    assert "Quarter 4 of 2026" in page and "Copied for the next period." in page
    assert "a round for the next period already" in client.post(f"{DESK}/{one.pk}/copy", follow=True).content.decode()


def test_no_other_centre_sees_or_touches_the_board(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    client = client_of(norway, "coordinator")
    for part in ("", "/edit", "/centres", "/delete", "/export"):
        assert client.get(f"{DESK}/{one.pk}{part}").status_code == 404
    for part in ("/copy", "/accept", "/publish", "/delete", "/export"):
        assert client.post(f"{DESK}/{one.pk}{part}").status_code == 404
    assert client_of(network, "counsellor").get(f"{DESK}/{one.pk}").status_code == 403
    assert client_of(network).get(f"{DESK}/{2**63}").status_code == 404


def test_the_board_of_many_centres_asks_few_questions(
    network: Centre, version: FormVersion, django_assert_max_num_queries: Any
) -> None:
    centres = [make_centre(host=None) for _number in range(12)]
    one = ask(network, version, *centres)
    client = client_of(network)
    with django_assert_max_num_queries(25):
        client.get(f"{DESK}/{one.pk}")


def test_a_round_that_was_accepted_stays(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    take(one, norway)
    page = client_of(network).post(f"{DESK}/{one.pk}/delete", follow=True)
    assert "Somebody has begun to answer. A round with answers stays." in page.content.decode()
    assert Round.objects.exists()


@time_machine.travel("2026-11-29T10:00:00Z", tick=False)
def test_nobody_is_late_at_once(network: Centre, norway: Centre, version: FormVersion) -> None:
    client = client_of(network)
    page = client.post(f"{DESK}/new", asked(version, norway))
    html = page.content.decode()
    assert page.status_code == 422 and "By the rule it would have closed on" in html and "16 October" in html
    assert not Round.objects.exists()
    assert client.post(f"{DESK}/new", asked(version, norway, closes_on="2026-12-11")).status_code == 302
    old = ask(network, version, norway, period=before(before(QUARTER)))
    moved = client.post(f"{DESK}/{old.pk}/copy")
    assert moved.headers["Location"].endswith("/edit")
    assert "Choose a day." in client.get(moved.headers["Location"]).content.decode()


def test_a_round_asks_with_forms_for_centres_and_none_is_chosen_before(network: Centre, norway: Centre) -> None:
    for kind in ("survey", "self-assessment", "monitoring"):
        make_form(
            definition={**DEFINITION, "key": kind.replace("-", "_"), "title": {"en": f"Of kind {kind}"}}, kind=kind
        )
    html = client_of(network).get(f"{DESK}/new").content.decode()
    assert "Of kind monitoring" in html and "Of kind survey" not in html and "Of kind self-assessment" not in html
    assert '<option value="" selected>Choose a form</option>' in html


def test_the_board_says_what_an_answer_came_with(network: Centre, norway: Centre, version: FormVersion) -> None:
    take(ask(network, version, norway, period=before(QUARTER)), norway)
    one = ask(network, version, norway)
    assignment = assignment_of(one, norway)
    send(assignment, {"total": 90, "by_channel": {"chat": {"contacts": 90}}})
    comment(actor=member(norway), assignment_id=assignment.pk, question="total", text="Much.")
    html = client_of(network).get(f"{DESK}/{one.pk}").content.decode()
    assert "1 warning explained" in html and "1 comment" in html and "Sent in " in html


def test_a_form_says_in_how_many_rounds_it_is_used_and_stays(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    ask(network, version, norway)
    ask(network, version, norway, period=before(QUARTER))
    assert uses_of([version.pk], network.pk) == {version.pk: ["2 rounds"]}
    assert uses_of([version.pk], norway.pk) == {}
    with pytest.raises(ProtectedError):
        version.delete()


@time_machine.travel("2026-10-02T10:00:00Z", tick=False)
def test_nobody_is_asked_twice_and_somebody_is_asked(network: Centre, norway: Centre, version: FormVersion) -> None:
    client = client_of(network)
    page = client.post(f"{DESK}/new", asked(version))
    assert page.status_code == 422 and "Tick at least one centre." in page.content.decode()
    assert client.post(f"{DESK}/new", asked(version, norway)).status_code == 302
    page = client.post(f"{DESK}/new", asked(version, norway))
    assert page.status_code == 422 and "This form is asked for this period already." in page.content.decode()
    assert Round.objects.count() == 1
