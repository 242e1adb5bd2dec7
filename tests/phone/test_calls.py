"""A call begun by hand: one press, a timer, the record of a chat, and one press for a call without a talk."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts.models import Role
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions import closing, leases, quiet
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.record import complete_and_close, save_record
from havn.helpline.actions.taking import take_next
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Contact, Duty, Record, Turn
from havn.helpline.queries.queue import snapshot
from havn.helpline.retention.queries import goes_at
from havn.live import api as live
from havn.live.models import Conversation, Participant, ReturnCode
from havn.phone.actions.calls import close_short, start_call
from havn.phone.rules.short import SHORT
from havn.phone.words import KIND
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import COMPLETE, Line, Person, make_line
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db
MINUTE = 60_000


def _call(line: Line, person: Person) -> Turn:
    return start_call(actor=person.user, service=line.service, keyring=person.keyring, now_ms=now_ms())


def _short(line: Line, person: Person, outcome: str, talk: int | None = None) -> Turn:
    turn = close_short(
        actor=person.user, service=line.service, keyring=person.keyring, outcome=outcome, now_ms=now_ms(),
        conversation_id=talk, once=fresh_once(),
    )  # fmt: skip
    assert turn is not None
    return turn


def _saves(person: Person, turn: Turn, values: dict[str, Any], summary: str | None = None) -> Record:
    return save_record(
        actor=person.user,
        conversation_id=turn.pk,
        version=Record.objects.get(pk=turn.pk).version,
        values=values,
        summary=summary,
        key=person.keyring.conversation_key(turn.pk),
    )


def _closes(person: Person, turn: Turn) -> None:
    key = person.keyring.conversation_key(turn.pk)
    complete_and_close(actor=person.user, conversation_id=turn.pk, key=key, now_ms=now_ms())


@pytest.fixture
def line() -> Line:
    return make_line(languages=["en"])


def test_a_call_begins_with_one_press_and_has_no_child_in_its_log(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    turn.refresh_from_db()
    assert (turn.channel, turn.state, turn.counsellor_id, turn.language) == ("phone", "talking", anna.pk, "en")
    conversation = Conversation.objects.get(pk=turn.pk)
    assert (conversation.kind, conversation.state) == (KIND, "open")
    assert [part.role for part in Participant.objects.filter(conversation=conversation)] == ["counsellor"]
    assert not ReturnCode.objects.exists()


def test_the_same_press_twice_is_one_call(line: Line) -> None:
    anna = line.counsellor()
    assert _call(line, anna).pk == _call(line, anna).pk
    assert Turn.objects.count() == 1


def test_a_call_takes_a_seat_until_it_ends_and_full_seats_refuse_none(line: Line) -> None:
    anna = line.counsellor(seats=1)
    line.child()
    turn = _call(line, anna)
    assert snapshot(line.service.pk).people[0].open_talks == 1
    with pytest.raises(Refused, match="seats are full"):
        line.take(anna)
    end_talk(actor=anna.user, conversation_id=turn.pk, key=anna.keyring.conversation_key(turn.pk), now_ms=now_ms())
    line.take(anna)
    assert _call(line, anna).state == "talking"
    assert {one.open_talks for one in snapshot(line.service.pk).people} == {2}


def test_nobody_takes_a_call_from_the_queue_and_no_place_counts_it(line: Line) -> None:
    anna, bea = line.counsellor(), line.counsellor()
    turn = _call(line, anna)
    queue = snapshot(line.service.pk)
    assert queue.waiting == () and queue.places == {}
    with pytest.raises(Refused, match="Nobody is waiting"):
        take_next(actor=bea.user, service=line.service, keyring=bea.keyring, now_ms=now_ms())
    assert [talk["conversation_id"] for talk in queue.talks] == [turn.pk]


def test_a_call_needs_a_duty_a_key_and_a_role(line: Line) -> None:
    with pytest.raises(Refused, match="Go on duty"):
        _call(line, line.member())
    other = make_line(centre_fields={"host": "other.test"})
    with pytest.raises(NotAllowed):
        _call(line, other.counsellor())
    assert not Turn.objects.exists()


def test_the_record_closes_it_and_it_is_counted_once_as_a_chat_is(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    _saves(anna, turn, COMPLETE, summary="What was said.")
    Turn.objects.filter(pk=turn.pk).update(taken_at_ms=now_ms() - 7 * MINUTE, waiting_since_ms=now_ms() - 7 * MINUTE)
    _closes(anna, turn)
    contact = Contact.objects.get()
    assert (contact.channel, contact.result, contact.outcome) == ("phone", "answered", "listened")
    assert (contact.waiting_band, contact.length_band) == ("0-1", "5-15")
    assert [reason.code for reason in contact.reasons.order_by("-main")] == COMPLETE["reasons"]
    turn.refresh_from_db()
    assert (turn.state, turn.ended_by) == ("ended", "counsellor")


@pytest.mark.parametrize("outcome", [code for _key, code in SHORT])
def test_one_press_codes_and_closes_the_running_call(line: Line, outcome: str) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    assert _short(line, anna, outcome).pk == turn.pk
    contact = Contact.objects.get()
    assert (contact.channel, contact.result, contact.outcome) == ("phone", "answered", outcome)
    assert not contact.reasons.exists()
    assert Record.objects.get(pk=turn.pk).completed_at is not None
    assert snapshot(line.service.pk).people[0].open_talks == 0


def test_one_press_counts_a_call_that_is_over_already(line: Line) -> None:
    anna = line.counsellor()
    _short(line, anna, "silent")
    _short(line, anna, "prank")
    assert sorted(Contact.objects.values_list("outcome", flat=True)) == ["prank", "silent"]


def test_the_same_press_twice_is_one_short_call(line: Line, browser_of_anna: tuple[Person, Client]) -> None:
    _anna, client = browser_of_anna
    form = re.search(rf'action="{reverse("phone:short")}".*?</form>', _desk(client), re.DOTALL)
    assert form is not None
    found = re.search(r'name="once" value="([^"]{43})"', form[0])
    assert found is not None
    fields = {"service": line.service.pk, "outcome": "silent", "once": found[1]}
    for _ in range(2):
        assert client.post(reverse("phone:short"), fields).status_code == 302
    assert Turn.objects.count() == Contact.objects.count() == 1
    told = client.post(reverse("phone:short"), {**fields, "once": ""}, headers={"accept": "application/json"})
    assert (told.status_code, list(told.json())) == (409, ["sentence"])
    assert Contact.objects.count() == 1
    assert client.post(reverse("phone:short"), {**fields, "once": fresh_once()}).status_code == 302
    assert Contact.objects.count() == 2


def test_a_refused_press_may_be_made_again(line: Line) -> None:
    anna, once = line.counsellor(), fresh_once()
    turn = _call(line, anna)
    _saves(anna, turn, {"reasons": ["gaming"]})
    how = {"actor": anna.user, "service": line.service, "keyring": anna.keyring, "outcome": "silent", "once": once}
    with pytest.raises(Refused, match="filled in already"):
        close_short(**how, now_ms=now_ms())
    _saves(anna, turn, {"reasons": []})
    closed = close_short(**how, now_ms=now_ms())
    assert closed is not None and closed.pk == turn.pk


def test_one_press_never_throws_a_talk_away(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    _saves(anna, turn, {"reasons": ["gaming"]})
    with pytest.raises(Refused, match="filled in already"):
        _short(line, anna, "abandoned", turn.pk)
    with pytest.raises(Refused, match="Choose one"):
        _short(line, anna, "listened", turn.pk)
    turn.refresh_from_db()
    assert turn.state == "talking"
    child = line.child()
    chat = line.take(anna)
    with pytest.raises(Refused, match="closed"):
        _short(line, anna, "silent", chat.pk)
    assert child.turn.state == "talking"


def test_the_call_of_a_colleague_is_theirs(line: Line) -> None:
    anna, bea = line.counsellor(), line.counsellor()
    turn = _call(line, anna)
    with pytest.raises(NotAllowed):
        _short(line, bea, "silent", turn.pk)


def test_no_sweep_of_the_chat_touches_a_call(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    later = now_ms() + 20 * MINUTE
    Duty.objects.update(alive_until_ms=now_ms() - MINUTE)
    quiet.presence(frozenset(), later)
    quiet.sweep_away(later)
    quiet.sweep_silence(later)
    leases.sweep_lost(later)
    closing.sweep_closing(later)
    turn.refresh_from_db()
    assert (turn.state, turn.returned_at_ms, turn.counsellor_lost_at_ms) == ("talking", None, None)


def test_nobody_goes_off_duty_in_a_call(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    for give_back in (False, True):
        with pytest.raises(Refused, match="in a call"):
            go_off_duty(actor=anna.user, service=line.service, give_back=give_back, now_ms=now_ms())
    _short(line, anna, "silent", turn.pk)
    go_off_duty(actor=anna.user, service=line.service, give_back=False, now_ms=now_ms())


def test_a_call_is_kept_as_long_as_a_talk(line: Line) -> None:
    anna = line.counsellor()
    turn = _call(line, anna)
    _short(line, anna, "silent", turn.pk)
    kept = Turn.objects.select_related("conversation").get(pk=turn.pk)
    assert 29 < (goes_at(kept).timestamp() * 1000 - now_ms()) / 86_400_000 <= 30


def test_a_log_takes_notes_and_no_words_to_a_child(line: Line) -> None:
    kind = live.kind_of(KIND)
    for role in ("counsellor", "supervisor"):
        kind.may_post(live.Viewer(1, role), "note", "open")
        with pytest.raises(NotAllowed):
            kind.may_post(live.Viewer(1, role), "text", "open")
    with pytest.raises(NotAllowed):
        kind.may_post(live.Viewer(1, "visitor"), "note", "open")
    assert not kind.may_see(live.Viewer(1, "visitor"), "staff", "note", None)


@pytest.fixture
def browser_of_anna(line: Line) -> tuple[Person, Client]:
    anna = line.counsellor(language="en")
    return anna, signed_in_client(anna.user, password=PASSWORD)


def _desk(client: Client, **query: Any) -> str:
    answer = client.get(reverse("helpline:desk"), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_desk_shows_the_call_its_timer_and_what_closes_it(
    line: Line, browser_of_anna: tuple[Person, Client]
) -> None:
    _anna, client = browser_of_anna
    assert reverse("phone:start") in _desk(client)
    told = client.post(reverse("phone:start"), {"service": line.service.pk}, headers={"accept": "application/json"})
    turn = Turn.objects.get()
    assert told.json()["took"] == turn.pk
    page = _desk(client, talk=turn.pk)
    for words in ("On the phone", "<havn-timer>", "End call", "Wrong number", "Contact record", "Note to colleagues"):
        assert words in page
    assert reverse("phone:start") not in page
    for words in ('placeholder="Write to the child', "has no connection now", "The child sees it too"):
        assert words not in page
    client.post(reverse("helpline:end_talk", args=[turn.pk]))
    page = _desk(client, talk=turn.pk)
    assert "The call took 0 min" in page
    assert "Close the call" in page
    client.post(reverse("phone:short"), {"talk": turn.pk, "outcome": "abandoned"})
    assert Contact.objects.get().outcome == "abandoned"
    assert "Call" in _desk(client)


def test_the_keys_are_listed(line: Line, browser_of_anna: tuple[Person, Client]) -> None:
    page = _desk(browser_of_anna[1])
    for key, _code in SHORT:
        assert f"<kbd>{key}</kbd>" in page


def test_the_wall_shows_calls_and_what_became_of_todays_attempts(line: Line) -> None:
    lead = line.on_duty(line.people[0], role=Role.COORDINATOR)
    client = signed_in_client(lead.user, password=PASSWORD)
    anna = line.counsellor()
    _short(line, anna, "test")
    _call(line, anna)
    page = client.get(reverse("helpline:wall")).content.decode()
    assert "Calls now" in page
    assert "Attempts today" in page
    assert "100 %" in page or "100&nbsp;%" in page
