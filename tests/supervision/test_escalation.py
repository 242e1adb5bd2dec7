"""Imminent danger: the checklist opens by national rules, wants a second person, and is closed by two."""

import json
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import havn.supervision
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.risk import set_risk
from havn.helpline.retention.destroy import destroy_at_once
from havn.helpline.rules.record import RISKS
from havn.supervision.actions.escalation import close_escalation, come_as_second, save_escalation
from havn.supervision.models import Escalation, SupervisionSettings
from havn.supervision.queries.checklist import criteria_of, rules_for_country, rules_of
from havn.supervision.queries.escalations import latest_of, written_in
from havn.supervision.queries.shift import for_staff, shift_at
from havn.supervision.rules.escalation import FIELDS, Step, lacking, may_confirm_close
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person, make_line
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD

DATA = Path(havn.supervision.__file__).parent / "data"
WRITTEN = {
    "decision": "called 112",
    "basis": "section 196",
    "disclosed": "the street, to police",
    "told": "that we call",
}
NEEDED = ["safe-now", "known", "coming-or-past", "tell-child", "least"]


def _judge(talk: Talk, risk: str = "imminent") -> None:
    set_risk(actor=talk.anna.user, conversation_id=talk.id, risk=risk, key=talk.child.key)


def _come(person: Person, talk: Talk) -> Escalation:
    return come_as_second(actor=person.user, conversation_id=talk.id, keyring=person.keyring, now_ms=now_ms())


def _save(person: Person, talk: Talk, *, version: int = 0, told: str = "that we call") -> Escalation:
    return save_escalation(
        actor=person.user,
        conversation_id=talk.id,
        version=version,
        done=NEEDED,
        written={**WRITTEN, "told": told},
        key=talk.child.key,
    )


def _close(person: Person, talk: Talk) -> Escalation:
    return close_escalation(actor=person.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())


@pytest.mark.parametrize("path", sorted((DATA / "escalation").glob("*.json")), ids=lambda path: path.stem)
def test_the_rules_of_a_country_are_whole(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["country"].lower() == path.stem
    for row in (*data["steps"], {"text": data["title"]}, *({"text": one} for one in data["bases"])):
        assert row["text"]["en"]
    languages = set(data["title"])
    assert all(set(step["text"]) == languages for step in data["steps"])
    assert all(set(base) == languages for base in data["bases"])
    for language in (*languages, "fi"):
        rules = rules_of(data["country"], language)
        assert {"safe-now", "tell-child", "least"} <= {step.code for step in rules.steps if step.needed}


@pytest.mark.parametrize(
    ("country", "rules"), [("NO", "NO"), ("dk", "DK"), ("PL", "any"), ("EU", "any"), ("", "any"), ("../x", "any")]
)
def test_a_country_without_rules_of_its_own_has_the_general_ones(country: str, rules: str) -> None:
    assert rules_for_country(country) == rules
    assert rules_of(rules, "en").steps


def test_the_criteria_of_every_level_are_there_in_each_language() -> None:
    for texts in json.loads((DATA / "risk-criteria.json").read_text(encoding="utf-8")).values():
        assert list(texts) == list(RISKS)
        assert all(texts.values())


@given(done=st.sets(st.sampled_from(["a", "b", "c"])), second=st.booleans(), words=st.sets(st.sampled_from(FIELDS)))
def test_nothing_is_closed_that_lacks_something(done: set[str], second: bool, words: set[str]) -> None:
    steps = (Step("a", "A", needed=True), Step("b", "B"), Step("c", "C", needed=True))
    missing = lacking(steps=steps, done=done, written=dict.fromkeys(words, "x"), has_second=second)
    assert (missing == []) is (second and {"a", "c"} <= done and words == set(FIELDS))


@given(asked=st.sampled_from([None, 1, 2, 3]), actor=st.sampled_from([1, 2, 3]))
def test_it_takes_two_and_those_two(asked: int | None, actor: int) -> None:
    closed = may_confirm_close(asked_by=asked, actor=actor, opened_by=1, second=2)
    assert closed is ((asked, actor) in {(1, 2), (2, 1)})


def test_it_opens_with_imminent_and_names_whose_rules(talk: Talk) -> None:
    _judge(talk, "high")
    assert latest_of(talk.id) is None
    _judge(talk)
    there = Escalation.objects.get()
    assert (there.rules, there.opened_by_id, there.second_id) == ("NO", talk.anna.pk, None)
    assert there.due_at_ms - there.opened_at_ms == 10 * 60_000
    entry = Entry.objects.get(action="supervision.escalation.opened")
    assert (entry.subject, entry.service_id) == ("", talk.line.service.pk)


def test_a_slip_leaves_a_line_on_the_trail_and_a_danger_that_somebody_came_for_stays(talk: Talk) -> None:
    _judge(talk)
    _judge(talk, "high")
    assert not Escalation.objects.exists()
    entry = Entry.objects.get(action="supervision.escalation.taken_back")
    assert (entry.actor_id, entry.subject) == (talk.anna.pk, "")
    _judge(talk)
    _come(talk.kari, talk)
    _judge(talk, "")
    _judge(talk)
    assert Escalation.objects.count() == 1


def test_it_calls_until_a_second_person_has_come(talk: Talk) -> None:
    SupervisionSettings.objects.create(service=talk.line.service, second_person_minutes=5)
    with time_machine.travel("2026-03-02T15:00:00+00:00", tick=False) as clock:
        _judge(talk)
        there = Escalation.objects.get()
        assert _overdue(talk, talk.kari) == []
        clock.shift(299)
        assert _overdue(talk, talk.kari) == []
        clock.shift(1)
        assert _overdue(talk, talk.kari) == [str(there.pk)]
        assert _overdue(talk, talk.anna) == []
        _come(talk.kari, talk)
        assert _overdue(talk, talk.kari) == []


def _overdue(talk: Talk, person: Person) -> object:
    return for_staff(shift_at(talk.line.service.pk), person.pk)["overdue"]


def test_the_second_person_is_another_who_may_supervise(talk: Talk) -> None:
    _judge(talk)
    with pytest.raises(NotAllowed):
        _come(talk.line.counsellor(), talk)
    with pytest.raises(NotAllowed):
        _come(talk.anna, talk)
    _come(talk.kari, talk)
    with pytest.raises(Refused, match="there already"):
        _come(talk.line.on_duty(talk.line.member("supervisor"), role="supervisor", seats=0), talk)


def test_who_may_supervise_too_is_not_the_second_person_of_the_own_talk(talk: Talk) -> None:
    chief = talk.line.on_duty(talk.line.member("supervisor", "counsellor"), role="supervisor", seats=2)
    child = talk.line.child()
    talk.line.take(chief)
    set_risk(actor=chief.user, conversation_id=child.conversation_id, risk="imminent", key=child.key)
    with pytest.raises(Refused, match="another"):
        come_as_second(actor=chief.user, conversation_id=child.conversation_id, keyring=chief.keyring, now_ms=now_ms())


def test_it_is_closed_with_both_names_and_nothing_missing(talk: Talk) -> None:
    _judge(talk)
    _save(talk.anna, talk)
    with pytest.raises(Refused, match="still missing"):
        _close(talk.anna, talk)
    _come(talk.kari, talk)
    _close(talk.anna, talk)
    assert _close(talk.anna, talk).closed_at_ms is None
    closed = _close(talk.kari, talk)
    assert closed.closed_at_ms is not None
    assert {closed.close_asked_by_id, closed.closed_by_id} == {talk.anna.pk, talk.kari.pk}
    assert Entry.objects.filter(action="supervision.escalation.closed").count() == 1
    with pytest.raises(Refused, match="No danger is open"):
        _save(talk.anna, talk, version=1)


def test_a_change_takes_the_first_press_back(talk: Talk) -> None:
    _judge(talk)
    _come(talk.kari, talk)
    _save(talk.anna, talk)
    _close(talk.anna, talk)
    _save(talk.kari, talk, version=1, told="nothing yet")
    assert Escalation.objects.get().close_asked_by_id is None
    with pytest.raises(Refused, match="in the meantime"):
        _save(talk.anna, talk, version=1)


def test_who_has_not_come_writes_nothing(talk: Talk) -> None:
    _judge(talk)
    with pytest.raises(NotAllowed):
        _save(talk.kari, talk)


def test_its_words_are_sealed_and_gone_with_the_talk(talk: Talk) -> None:
    _judge(talk)
    there = _save(talk.anna, talk)
    assert b"street" not in bytes(there.record_sealed)
    assert written_in(there, talk.child.key)["disclosed"] == "the street, to police"
    destroy_at_once([talk.id])
    assert not Escalation.objects.exists()


def _page(client: Client, talk: Talk) -> str:
    return client.get(reverse("supervision:escalation", args=[talk.id])).content.decode()


def test_the_pages_of_both(talk: Talk) -> None:
    anna, kari = (signed_in_client(one.user, password=PASSWORD) for one in (talk.anna, talk.kari))
    address = reverse("supervision:escalation", args=[talk.id])
    assert anna.get(address).status_code == 409
    anna.post(reverse("helpline:set_risk", args=[talk.id]), {"risk": "imminent"})
    page = _page(anna, talk)
    assert "Penal Code section 196" in page
    assert "Nobody can trace the child" in page
    assert anna.post(address, {"version": 0, "done": NEEDED, **WRITTEN}).status_code == 302
    before = _page(kari, talk)
    assert "the street" not in before
    assert "the second person" in before
    assert (
        "Imminent danger needs a second person within 10 minutes."
        in kari.get(reverse("helpline:wall")).content.decode()
    )
    kari.post(reverse("supervision:come_as_second", args=[talk.id]))
    assert "the street" in _page(kari, talk)
    for client in (anna, kari):
        client.post(address, {"version": 1, "done": NEEDED, **WRITTEN, "close": "1"})
    assert Escalation.objects.get().closed_at_ms is not None
    assert "by Anna Berg and Kari Coordinator" in _page(kari, talk)


def test_two_who_save_at_once_lose_no_word(talk: Talk) -> None:
    _judge(talk)
    anna = signed_in_client(talk.anna.user, password=PASSWORD)
    _save(talk.anna, talk)
    answer = anna.post(reverse("supervision:escalation", args=[talk.id]), {"version": 0, "decision": "my own words"})
    assert answer.status_code == 409
    assert "my own words" in answer.content.decode()


def test_others_of_the_house_do_not_see_it(talk: Talk) -> None:
    _judge(talk)
    other = signed_in_client(talk.line.counsellor().user, password=PASSWORD)
    assert other.get(reverse("supervision:escalation", args=[talk.id])).status_code == 403


def test_the_criteria_are_in_view_where_risk_is_set(talk: Talk) -> None:
    anna = signed_in_client(talk.anna.user, password=PASSWORD)
    page = anna.get(f"{reverse('helpline:desk')}?talk={talk.id}").content.decode()
    assert criteria_of(talk.line.service.pk, "en")["imminent"] in page


@pytest.mark.django_db
def test_an_unknown_country_works_by_the_general_rules() -> None:
    line = make_line(centre_fields={"country_code": "PL"})
    anna, child = line.counsellor(), line.child()
    line.take(anna)
    set_risk(actor=anna.user, conversation_id=child.conversation_id, risk="imminent", key=child.key)
    assert Escalation.objects.get().rules == "any"
