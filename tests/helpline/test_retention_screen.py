"""The screen "What goes when", and holding a talk by two people."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.centres.registry import keeping_of
from havn.common.clock import now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.models import Hold, Turn
from havn.helpline.retention.destroy import purge_centre
from havn.helpline.retention.holds import ask_hold, confirm_hold, release_hold
from havn.live.models import Conversation
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def anna(line: Line) -> Person:
    return line.counsellor(name="Anna Counsellor")


@pytest.fixture
def boss(line: Line) -> Person:
    return line.people[0]


def talk(line: Line, person: Person, days_ago: float = 1) -> Child:
    child = line.child()
    line.take(person)
    child.says("the blue heron flies at noon")
    end_talk(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    Conversation.objects.filter(pk=child.conversation_id).update(last_at_ms=now_ms() - int(days_ago * 86_400_000))
    return child


def client_of(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def test_two_people_hold_a_talk_and_one_lets_it_go(line: Line, anna: Person, boss: Person) -> None:
    child = talk(line, anna, days_ago=31)
    until = now().date() + 30 * DAY
    ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason="danger", until=until)
    hold = confirm_hold(actor=boss.user, conversation_id=child.conversation_id)
    assert (hold.asked_by_id, hold.confirmed_by_id) == (anna.pk, boss.pk)
    assert purge_centre(line.service.organisation.centre, now=now()).talks == 0
    release_hold(actor=boss.user, conversation_id=child.conversation_id)
    assert purge_centre(line.service.organisation.centre, now=now()).talks == 1
    told = Entry.objects.filter(action__startswith="helpline.hold").order_by("seq")
    assert [entry.action.rpartition(".")[2] for entry in told] == ["asked", "confirmed", "released"]
    assert {entry.subject for entry in told} == {f"conversation:{child.conversation_id}"}
    assert json.loads(told[0].codes) == {"reason": "danger", "until": until.isoformat()}


def test_nobody_confirms_the_own_wish(line: Line, boss: Person) -> None:
    child = talk(line, line.on_duty(boss, role="supervisor"))
    ask_hold(actor=boss.user, conversation_id=child.conversation_id, reason="police", until=now().date() + 5 * DAY)
    with pytest.raises(NotAllowed, match="second person"):
        confirm_hold(actor=boss.user, conversation_id=child.conversation_id)


def test_a_counsellor_asks_only_for_the_own_talks_and_confirms_none(line: Line, anna: Person) -> None:
    berit = line.counsellor()
    child = talk(line, anna)
    with pytest.raises(NotAllowed):
        ask_hold(actor=berit.user, conversation_id=child.conversation_id, reason="danger", until=now().date() + DAY)
    ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason="danger", until=now().date() + DAY)
    with pytest.raises(NotAllowed):
        confirm_hold(actor=berit.user, conversation_id=child.conversation_id)


@pytest.mark.parametrize(("days", "reason"), [(91, "danger"), (0, "danger"), (-1, "danger"), (5, "because I say so")])
def test_a_hold_has_a_reason_from_the_list_and_ends_within_ninety_days(
    line: Line, anna: Person, days: int, reason: str
) -> None:
    child = talk(line, anna)
    with pytest.raises(Refused):
        ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason=reason, until=now().date() + days * DAY)
    assert not Hold.objects.exists()


def test_a_hold_that_stands_is_not_made_longer_by_one_person(line: Line, anna: Person, boss: Person) -> None:
    child = talk(line, anna)
    soon, later = now().date() + 5 * DAY, now().date() + 80 * DAY
    ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason="danger", until=soon)
    confirm_hold(actor=boss.user, conversation_id=child.conversation_id)
    with pytest.raises(Refused, match="already"):
        ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason="danger", until=later)
    assert Hold.objects.get().until == soon


def test_the_screen_counts_by_clock_and_shows_the_proof_and_no_word(line: Line, anna: Person, boss: Person) -> None:
    talk(line, anna, days_ago=1)
    talk(line, anna, days_ago=29.5)
    gone = talk(line, anna, days_ago=40)
    line.child()
    purge_centre(line.service.organisation.centre, now=now())
    response = client_of(boss).get("/desk/when")
    page = response.content.decode()
    assert response.status_code == 200
    (shown,) = response.context["helplines"]
    assert (shown["kept"], shown["unfinished"], shown["held"], shown["due"]) == (2, 1, 0, 0)
    assert sum(day["talks"] for day in shown["days"]) == 2
    assert response.context["purge"]["talks"] == 1
    assert "heron" not in page
    assert str(gone.conversation_id) not in page
    assert "Anna Counsellor" in page


def test_the_screen_warns_when_the_nightly_work_has_stopped(line: Line, boss: Person, time_machine) -> None:  # type: ignore[no-untyped-def]
    purge_centre(line.service.organisation.centre, now=now())
    client = client_of(boss)
    assert "nightly work has stopped" not in client.get("/desk/when").content.decode()
    time_machine.move_to(now() + dt.timedelta(hours=27))
    assert "nightly work has stopped" in client_of(boss).get("/desk/when").content.decode()


def test_only_supervisors_and_coordinators_open_it(line: Line, anna: Person) -> None:
    assert client_of(anna).get("/desk/when").status_code == 403
    assert Client().get("/desk/when").status_code == 302


def test_asking_and_confirming_by_the_screens(line: Line, anna: Person, boss: Person) -> None:
    child = talk(line, anna)
    address = f"/desk/when/hold/{child.conversation_id}"
    asks = client_of(anna)
    assert asks.get(address).status_code == 200
    refused = asks.post(address, {"reason": "danger", "until": (now().date() + 200 * DAY).isoformat()})
    assert refused.status_code == 400
    assert "90 days" in refused.content.decode()
    asks.post(address, {"reason": "danger", "until": (now().date() + 20 * DAY).isoformat()})
    assert Hold.objects.get().confirmed_by_id is None
    assert asks.post(address + "/confirm").status_code == 403
    confirms = client_of(boss)
    assert "Waits for a second person" in confirms.get("/desk/when").content.decode()
    confirms.post(address + "/confirm")
    assert Hold.objects.get().confirmed_by_id == boss.pk
    assert "The clock stands" in confirms.get("/desk/when").content.decode()
    confirms.post(address + "/release")
    assert not Hold.objects.exists()


def test_a_talk_of_another_helpline_is_not_found_by_its_number(line: Line, boss: Person) -> None:
    other = make_line(centre_fields={"host": None})
    child = talk(other, other.counsellor())
    address = f"/desk/when/hold/{child.conversation_id}"
    client = client_of(boss)
    assert client.get(address).status_code == 403
    assert client.get("/desk/when/hold/4711").status_code == 403
    assert _told(client.get(address)) == _told(client.get("/desk/when/hold/4711"))
    until = (now().date() + DAY).isoformat()
    assert client.post(address, {"reason": "danger", "until": until}).status_code == 403
    assert not Hold.objects.exists()
    assert Turn.objects.filter(pk=child.conversation_id).exists()


def _told(answer: Any) -> str:
    """What a page says, without what differs at every look: the form token and the number that was asked for."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|hold/\d+', "", answer.content.decode())


def test_the_privacy_page_promises_what_the_helplines_keep(line: Line) -> None:
    centre_id = line.service.organisation.centre_id
    assert (keeping_of(centre_id).days, keeping_of(centre_id).unfinished_hours) == (30, 72)
    line.set(keep_days=14, keep_unfinished_hours=24)
    promised = keeping_of(centre_id)
    assert (promised.days, promised.unfinished_hours, promised.backup_days) == (14, 24, 7)
