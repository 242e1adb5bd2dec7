"""Risk as one truth: said in the head or in the record, it calls the supervisor until somebody has coded the talk."""

from typing import Any

import pytest
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.open_talks import Reader, my_talks, thread_of
from havn.helpline.actions.reading import read_along
from havn.helpline.actions.record import complete_and_close, save_record
from havn.helpline.actions.risk import set_risk
from havn.helpline.actions.taking import take_letter
from havn.helpline.actions.visits import ask_again, end_visit
from havn.helpline.models import Record, Turn
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff
from havn.helpline.rules.record import missing
from havn.helpline.rules.risk import calls_the_supervisor, risk_to_keep
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


@pytest.fixture
def talk(line: Line) -> tuple[Person, Child]:
    anna = line.counsellor(name="Anna Berg", shown_name="Anna", language="en")
    child = line.child()
    line.take(anna)
    child.says("I stand on the bridge")
    return anna, child


def _head(person: Person, child: Child, risk: str) -> None:
    set_risk(actor=person.user, conversation_id=child.conversation_id, risk=risk, key=child.key)


def _save(by: Person, child: Child, /, risk: str, was: str | None = None, **values: Any) -> str:
    record = Record.objects.get(pk=child.conversation_id)
    kept = save_record(
        actor=by.user,
        conversation_id=child.conversation_id,
        version=record.version,
        values={**values, "risk": risk},
        summary=None,
        key=child.key,
        risk_was=was,
    )
    return kept.risk


def _risks(child: Child) -> tuple[str, str]:
    return child.turn.risk, Record.objects.get(pk=child.conversation_id).risk


def _ends(child: Child) -> None:
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())


def _alarms(line: Line) -> list[int]:
    told = for_staff(snapshot(line.service.pk), line.people[0].pk)
    assert told["imminent"] == len(told["alarms"])
    return list(told["alarms"])


def _wall(line: Line) -> str:
    lead = signed_in_client(line.people[0].user, password=PASSWORD)
    return str(lead.get(reverse("helpline:wall")).content.decode())


def test_imminent_in_the_record_does_what_imminent_in_the_head_does(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, "imminent", was="")
    assert child.events() == ["joined", "imminent"]
    assert _risks(child) == ("imminent", "imminent")
    assert _alarms(line) == [child.conversation_id]
    assert "Imminent danger in 1 talk" in _wall(line)
    assert Entry.objects.filter(action="helpline.risk.imminent").count() == 1
    _save(anna, child, "imminent", was="imminent")
    assert child.events() == ["joined", "imminent"]


def test_high_in_the_record_is_high_in_the_talk_and_some_is_nothing_to_the_queue(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, "high", was="")
    assert _risks(child) == ("high", "high")
    _save(anna, child, "some", was="high")
    assert _risks(child) == ("", "some")


def test_a_record_drawn_before_the_head_raised_the_risk_does_not_lower_it(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, "some", was="")
    _head(anna, child, "imminent")
    assert _save(anna, child, "some", was="some", person="teacher") == "imminent"
    assert _save(anna, child, "none", was="some") == "imminent"
    assert _save(anna, child, "none") == "imminent"
    assert _risks(child) == ("imminent", "imminent")
    assert Record.objects.get(pk=child.conversation_id).person == "teacher"


def test_who_saw_the_raised_risk_can_lower_it_in_the_record(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _head(anna, child, "imminent")
    assert _save(anna, child, "some", was="imminent") == "some"
    assert _risks(child) == ("", "some")
    assert _alarms(line) == []


def test_lowering_in_the_head_leaves_the_records_risk_to_be_answered(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, "imminent", was="", **{name: value for name, value in COMPLETE.items() if name != "risk"})
    _head(anna, child, "high")
    assert _risks(child) == ("high", "high")
    _head(anna, child, "")
    assert _risks(child) == ("", "")
    record = Record.objects.get(pk=child.conversation_id)
    assert missing({name: getattr(record, name) for name in COMPLETE}) == ["risk"]
    # What the screen still shows is not touched, and so is not said again.
    assert _save(anna, child, "high", was="high") == ""
    assert child.turn.risk == ""


def test_no_special_risk_in_the_head_keeps_what_the_record_says_below_high(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, "some", was="")
    _head(anna, child, "")
    assert _risks(child) == ("", "some")


def test_the_form_says_what_it_showed_and_is_told_what_stands(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    browser = signed_in_client(anna.user, password=PASSWORD)
    page = browser.get(reverse("helpline:desk")).content.decode()
    assert 'name="risk_was" value=""' in page
    address = reverse("helpline:save_record", args=[child.conversation_id])
    told = browser.post(address, {"version": "0", "risk": "imminent", "risk_was": ""}, **JSON).json()
    assert told["risk"] == "imminent"
    assert 'name="risk_was" value="imminent"' in browser.get(reverse("helpline:desk")).content.decode()
    told = browser.post(address, {"version": "1", "risk": "none", "risk_was": "", "close": "1"}, **JSON).json()
    assert (told["risk"], child.turn.risk) == ("imminent", "imminent")


def test_a_judgement_after_the_end_calls_the_supervisor_and_tells_the_child_nothing(
    line: Line, talk: tuple[Person, Child]
) -> None:
    anna, child = talk
    _ends(child)
    _save(anna, child, "imminent", was="")
    assert child.events() == ["joined", "ended"]
    assert _alarms(line) == [child.conversation_id]


def test_who_takes_the_talk_next_finds_the_risk_in_the_record(line: Line) -> None:
    child = line.child(risk="high")
    line.take(line.counsellor())
    assert _risks(child) == ("high", "high")


def test_the_alarm_stays_when_the_child_leaves_until_the_record_is_closed(
    line: Line, talk: tuple[Person, Child]
) -> None:
    anna, child = talk
    _head(anna, child, "imminent")
    _ends(child)
    assert _alarms(line) == [child.conversation_id]
    page = _wall(line)
    for words in ("Imminent danger in 1 talk", "Child left, record open", "Anna Berg", "The child ended the talk"):
        assert words in page
    _save(anna, child, **{**COMPLETE, "risk": "imminent"})
    complete_and_close(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert _alarms(line) == []
    assert "Child left" not in _wall(line)


def test_a_child_who_said_danger_and_left_after_an_answer_calls_and_one_who_left_the_line_does_not(line: Line) -> None:
    anna = line.counsellor()
    answered, waiting = line.child(in_danger=True), line.child(in_danger=True, waited_minutes=0)
    line.take(anna)
    assert _alarms(line) == []
    _ends(answered)
    _ends(waiting)
    assert (answered.turn.state, waiting.turn.state) == ("ended", "left")
    assert _alarms(line) == [answered.conversation_id]


def test_an_ordinary_talk_that_ended_calls_nobody(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _head(anna, child, "high")
    end_talk(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert _alarms(line) == []


def test_a_letter_set_to_imminent_calls_the_supervisor_and_stands_on_the_wall(line: Line) -> None:
    anna, letter = line.counsellor(name="Anna Berg", language="en"), line.child(channel="letter")
    take_letter(actor=anna.user, service=line.service, keyring=anna.keyring, now_ms=now_ms())
    _head(anna, letter, "imminent")
    assert _alarms(line) == [letter.conversation_id]
    page = _wall(line)
    assert "Imminent danger in 1 talk" in page
    assert reverse("helpline:read_along", args=[letter.conversation_id]) in page


def test_a_supervisor_reads_a_grave_talk_that_the_child_has_left(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    lead = line.people[0]
    join = {"conversation_id": child.conversation_id, "keyring": lead.keyring, "now_ms": now_ms()}
    _head(anna, child, "imminent")
    _ends(child)
    read_along(actor=lead.user, **join)
    reader = Reader(lead.user, lead.keyring, b"session", "en")
    (row,) = my_talks(reader, line.service)
    thread = thread_of(reader, row)
    assert "I stand on the bridge" in [one.text for one in thread.messages]
    assert Entry.objects.filter(action="conversation.read", actor_id=lead.pk).count() == 1
    with pytest.raises(NotAllowed):
        read_along(actor=line.counsellor().user, **join)


def test_an_ended_talk_that_is_not_grave_or_is_coded_is_not_read_along(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    lead = line.people[0]
    join = {"conversation_id": child.conversation_id, "keyring": lead.keyring, "now_ms": now_ms()}
    _ends(child)
    with pytest.raises(Refused, match="already ended"):
        read_along(actor=lead.user, **join)
    _save(anna, child, **{**COMPLETE, "risk": "imminent"})
    complete_and_close(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    with pytest.raises(Refused, match="already ended"):
        read_along(actor=lead.user, **join)


def test_a_supervisor_on_duty_sees_at_the_desk_what_the_alarm_is(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    lead = line.on_duty(line.people[0], role="supervisor", seats=0)
    desk = signed_in_client(lead.user, password=PASSWORD)
    assert "Imminent danger" not in desk.get(reverse("helpline:desk")).content.decode()
    _head(anna, child, "imminent")
    page = desk.get(reverse("helpline:desk")).content.decode()
    for words in ("Imminent danger in 1 talk", "Open the wall", "data-quiet", "112"):
        assert words in page
    own = signed_in_client(line.counsellor(language="en").user, password=PASSWORD)
    assert "Open the wall" not in own.get(reverse("helpline:desk")).content.decode()


def test_the_risk_of_a_talk_asked_again_stays_with_its_turn(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _head(anna, child, "imminent")
    _ends(child)
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert Turn.objects.get(pk=child.conversation_id).risk == "imminent"
    line.take(anna)
    assert _risks(child) == ("imminent", "imminent")
    assert _alarms(line) == [child.conversation_id]


@pytest.mark.parametrize(
    ("standing", "was", "sent", "kept"),
    [
        ("", "", "some", "some"),
        ("some", "some", "none", "none"),
        ("some", None, "none", "none"),
        ("", None, "imminent", "imminent"),
        ("imminent", "", "some", "imminent"),
        ("imminent", None, "some", "imminent"),
        ("imminent", "imminent", "some", "some"),
        ("high", "some", "imminent", "imminent"),
        ("imminent", "some", "some", "imminent"),
        ("", "imminent", "imminent", ""),
        ("high", "imminent", "", "high"),
    ],
)
def test_a_grave_risk_is_lowered_only_by_somebody_who_saw_it(
    standing: str, was: str | None, sent: str, kept: str
) -> None:
    assert risk_to_keep(standing=standing, was=was, sent=sent) == kept


@pytest.mark.parametrize(
    ("state", "answered", "risk", "in_danger", "complete", "calls"),
    [
        ("talking", True, "imminent", False, False, True),
        ("talking", True, "high", True, False, False),
        ("ended", True, "imminent", False, False, True),
        ("ended", True, "", True, False, True),
        ("ended", True, "imminent", True, True, False),
        ("ended", True, "high", False, False, False),
        ("left", False, "imminent", True, False, False),
        ("waiting", False, "imminent", True, False, False),
    ],
)
def test_which_turns_call_the_supervisor(
    state: str, answered: bool, risk: str, in_danger: bool, complete: bool, calls: bool
) -> None:
    assert (
        calls_the_supervisor(state=state, answered=answered, risk=risk, in_danger=in_danger, record_complete=complete)
        is calls
    )
