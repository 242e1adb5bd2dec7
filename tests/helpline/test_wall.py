"""The wall, risk and silent reading: who sees what, and that reading stands on the trail first."""

import re

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from havn.accounts.actions import change_roles
from havn.audit import api as audit
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline import words_desk
from havn.helpline.actions.ending import finish
from havn.helpline.actions.open_talks import Reader, my_talks, thread_of
from havn.helpline.actions.reading import key_to_read, read_along, stop_reading
from havn.helpline.actions.risk import set_risk
from havn.helpline.actions.visits import ask_again, delete_talk
from havn.helpline.models import Duty, Record, Turn
from havn.helpline.permissions import can_read_along, can_see_wall, can_work_on
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff
from havn.live import api as live
from havn.live.models import Participant
from havn.tasks.reserve import Room
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


@pytest.fixture
def talk(line: Line) -> tuple[Person, Child]:
    anna = line.counsellor(name="Anna Berg", shown_name="Anna")
    child = line.child()
    line.take(anna)
    child.says("there is a lighthouse")
    return anna, child


def _risk(person: Person, child: Child, risk: str) -> None:
    set_risk(actor=person.user, conversation_id=child.conversation_id, risk=risk, key=child.key)


def _reader(person: Person) -> Reader:
    return Reader(person.user, person.keyring, b"session", "en")


def test_imminent_danger_tells_the_child_the_number_and_turns_the_wall_red(
    line: Line, talk: tuple[Person, Child]
) -> None:
    anna, child = talk
    lead = line.on_duty(line.people[0], role="supervisor", seats=0)
    _risk(anna, child, "imminent")
    assert child.events() == ["joined", "imminent"]
    assert Record.objects.get(pk=child.conversation_id).risk == "imminent"
    told = for_staff(snapshot(line.service.pk), lead.pk)
    assert (told["imminent"], told["role"]) == (1, "supervisor")
    page = signed_in_client(lead.user, password=PASSWORD).get(reverse("helpline:wall")).content.decode()
    assert "Imminent danger in 1 talk" in page
    assert "112" in page
    _risk(anna, child, "")
    page = signed_in_client(lead.user, password=PASSWORD).get(reverse("helpline:wall")).content.decode()
    assert "Imminent danger" not in page


def test_only_the_talks_counsellor_judges_its_danger(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    with pytest.raises(NotAllowed):
        _risk(line.counsellor(), child, "high")
    anna = talk[0]
    with pytest.raises(Refused, match="levels"):
        _risk(anna, child, "terrible")


def test_the_wall_counts_waiting_talks_seats_and_today(line: Line, talk: tuple[Person, Child]) -> None:
    line.child(waited_minutes=7, in_danger=True)
    line.child(waited_minutes=3, away=True)
    line.child(channel="letter")
    queue = snapshot(line.service.pk)
    assert (len(queue.waiting), queue.letters, len(queue.talks)) == (2, 1, 1)
    assert sum(person.free for person in queue.people) == 1
    assert queue.today.answered == 1
    assert 7 <= queue.longest_wait_ms / 60_000 < 8
    page = signed_in_client(line.people[0].user, password=PASSWORD).get(reverse("helpline:wall")).content.decode()
    for words in ("Anna Berg", "1 high risk", "1 away", "1 free", "Answered today"):
        assert words in page
    assert "lighthouse" not in page


def _today(line: Line) -> tuple[int, int, int]:
    today = snapshot(line.service.pk).today
    return today.answered, today.left, today.closed


def _finish(child: Child, by: str) -> None:
    turn = Turn.objects.select_related("service__organisation").get(pk=child.conversation_id)
    with transaction.atomic():
        finish(turn, by=by, key=None, now_ms=now_ms())


def test_those_we_closed_on_are_not_counted_as_having_left(line: Line) -> None:
    with time_machine.travel("2026-03-02T15:00:00+00:00", tick=True):
        for by in ("visitor", "closing", "closing"):
            _finish(line.child(), by)
        assert _today(line) == (0, 1, 2)
        page = signed_in_client(line.people[0].user, password=PASSWORD).get(reverse("helpline:wall")).content.decode()
        assert re.search(r"Waiting when we closed today</dt><dd[^>]*>2<", page)
        assert re.search(r"Left while waiting today</dt><dd[^>]*>1<", page)


def test_answered_today_does_not_fall_when_a_child_deletes_the_talk_or_asks_again(line: Line) -> None:
    with time_machine.travel("2026-03-02T15:01:00+00:00", tick=True) as clock:
        anna, first, second = line.counsellor(), line.child(waited_minutes=0), line.child(waited_minutes=0)
        line.take(anna)
        line.take(anna)
        assert _today(line) == (2, 0, 0)
        delete_talk(conversation_id=first.conversation_id, key=first.key, now_ms=now_ms())
        assert _today(line) == (2, 0, 0)
        _finish(second, "visitor")
        ask_again(conversation_id=second.conversation_id, key=second.key, now_ms=now_ms())
        assert _today(line) == (2, 0, 0)
        # In the same half-hour the second attempt is the same contact.
        line.take(anna)
        assert _today(line) == (2, 0, 0)
        _finish(second, "visitor")
        clock.shift(31 * 60)
        ask_again(conversation_id=second.conversation_id, key=second.key, now_ms=now_ms())
        line.take(anna)
        assert _today(line) == (3, 0, 0)
        clock.shift(24 * 3600)
        assert _today(line) == (0, 0, 0)


@pytest.mark.parametrize(("free_mb", "said"), [(30, "no new talk can start"), (500, "0.5 GB are free"), (5000, "")])
def test_the_wall_says_when_the_disk_is_nearly_full(
    line: Line, monkeypatch: pytest.MonkeyPatch, free_mb: int, said: str
) -> None:
    monkeypatch.setattr(words_desk, "disk_room", lambda: Room(free_mb * 1024 * 1024, held=True))
    page = signed_in_client(line.people[0].user, password=PASSWORD).get(reverse("helpline:wall")).content.decode()
    assert ("The disk is nearly full" in page) is bool(said)
    assert said in page


def test_the_wall_is_closed_to_counsellors(line: Line, talk: tuple[Person, Child]) -> None:
    anna, _child = talk
    answer = signed_in_client(anna.user, password=PASSWORD).get(reverse("helpline:wall"))
    assert answer.status_code == 403
    assert not can_see_wall(anna.user, line.service)
    assert can_see_wall(line.people[0].user, line.service)


def test_a_supervisor_reads_along_in_silence_and_the_trail_knows_it_first(
    line: Line, talk: tuple[Person, Child]
) -> None:
    _anna, child = talk
    lead = line.people[0]
    read_along(actor=lead.user, conversation_id=child.conversation_id, keyring=lead.keyring, now_ms=now_ms())
    (row,) = my_talks(_reader(lead), line.service)
    assert row.reading_along
    assert row.last_line == "there is a lighthouse"
    thread = thread_of(_reader(lead), row)
    assert [one.text for one in thread.messages if one.kind == "text"] == ["there is a lighthouse"]
    assert not thread.mine
    read = Entry.objects.get(action="conversation.read", actor_id=lead.pk)
    assert read.subject == f"conversation:{child.conversation_id}"
    assert child.events() == ["joined"]
    stop_reading(actor=lead.user, conversation_id=child.conversation_id, now_ms=now_ms())
    assert my_talks(_reader(lead), line.service) == []


def test_reading_twice_in_one_duty_is_one_entry(line: Line, talk: tuple[Person, Child]) -> None:
    anna, _child = talk
    for _ in range(3):
        (row,) = my_talks(_reader(anna), line.service)
        thread_of(_reader(anna), row)
    assert Entry.objects.filter(action="conversation.read", actor_id=anna.pk).count() == 1


def test_nothing_is_shown_when_the_trail_cannot_be_written(
    line: Line, talk: tuple[Person, Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, child = talk

    def full(**_fields: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record_read", full)
    with pytest.raises(OSError, match="disk full"):
        key_to_read(actor=anna.user, turn=child.turn, keyring=anna.keyring, session="s")


def test_a_counsellor_reads_no_talk_of_others(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    other = line.counsellor()
    turn = child.turn
    assert not can_work_on(other.user, turn)
    assert not can_read_along(other.user, turn)
    with pytest.raises(NotAllowed):
        key_to_read(actor=other.user, turn=turn, keyring=other.keyring, session="s")
    with pytest.raises(NotAllowed):
        read_along(actor=other.user, conversation_id=turn.pk, keyring=other.keyring, now_ms=now_ms())


def test_a_supervisor_who_has_not_joined_reads_nothing(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    lead = line.people[0]
    with pytest.raises(NotAllowed):
        key_to_read(actor=lead.user, turn=child.turn, keyring=lead.keyring, session="s")


def test_a_supervisor_of_another_organisation_cannot_read_along(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    stranger = make_line(centre_fields={"host": None}).people[0]
    with pytest.raises(NotAllowed):
        read_along(
            actor=stranger.user, conversation_id=child.conversation_id, keyring=stranger.keyring, now_ms=now_ms()
        )


def test_who_may_supervise_no_more_reads_along_no_more(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    lead, other = line.people[0], line.member("coordinator", "supervisor")
    read_along(actor=other.user, conversation_id=child.conversation_id, keyring=other.keyring, now_ms=now_ms())
    assert [row.readable for row in my_talks(_reader(other), line.service)] == [True]
    change_roles(actor=lead.user, member=other.user, organisation=line.service.organisation, roles=["counsellor"])
    assert not Participant.objects.filter(user=other.user, left_at_ms__isnull=True).exists()
    with pytest.raises(NotAllowed):
        key_to_read(actor=other.user, turn=child.turn, keyring=other.keyring, session="s")


def test_what_a_silent_reader_has_read_is_not_told_to_the_child(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    lead = line.people[0]
    read_along(actor=lead.user, conversation_id=child.conversation_id, keyring=lead.keyring, now_ms=now_ms())
    part = Participant.objects.get(user=lead.user)
    live.mark_read(participant_id=part.pk, up_to=99)
    viewer = live.Viewer(child.participant_id, "visitor")
    said = live.messages(conversation_id=child.conversation_id, key=child.key, viewer=viewer)
    assert [one.read for one in said if one.mine] == [False]


def test_a_talk_goes_to_others_when_its_counsellor_may_work_here_no_more(
    line: Line, talk: tuple[Person, Child]
) -> None:
    anna, child = talk
    chief = line.member("coordinator", "administrator")
    change_roles(actor=chief.user, member=anna.user, organisation=line.service.organisation, roles=["administrator"])
    assert child.turn.returned_at_ms is not None
    assert not Participant.objects.filter(user=anna.user, left_at_ms__isnull=True).exists()
    assert not Duty.objects.filter(user=anna.user, ended_at_ms__isnull=True).exists()
