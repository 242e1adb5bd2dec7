"""The screen "What goes when", and holding a talk by two people."""

import datetime as dt
import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.centres.registry import keeping_of
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.models import HelplineSettings, Hold, Turn
from havn.helpline.retention.destroy import purge_centre
from havn.helpline.retention.holds import ask_hold, confirm_hold, release_hold
from havn.live.models import Conversation
from tests.accounts.factories import signed_in_client
from tests.days import today
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
    until = today() + 30 * DAY
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
    ask_hold(actor=boss.user, conversation_id=child.conversation_id, reason="police", until=today() + 5 * DAY)
    with pytest.raises(NotAllowed, match="second person"):
        confirm_hold(actor=boss.user, conversation_id=child.conversation_id)


def test_a_counsellor_asks_only_for_the_own_talks_and_confirms_none(line: Line, anna: Person) -> None:
    berit = line.counsellor()
    child = talk(line, anna)
    with pytest.raises(NotAllowed):
        ask_hold(actor=berit.user, conversation_id=child.conversation_id, reason="danger", until=today() + DAY)
    ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason="danger", until=today() + DAY)
    with pytest.raises(NotAllowed):
        confirm_hold(actor=berit.user, conversation_id=child.conversation_id)


@pytest.mark.parametrize(("days", "reason"), [(91, "danger"), (0, "danger"), (-1, "danger"), (5, "because I say so")])
def test_a_hold_has_a_reason_from_the_list_and_ends_within_ninety_days(
    line: Line, anna: Person, days: int, reason: str
) -> None:
    child = talk(line, anna)
    with pytest.raises(Refused):
        ask_hold(actor=anna.user, conversation_id=child.conversation_id, reason=reason, until=today() + days * DAY)
    assert not Hold.objects.exists()


def test_a_hold_that_stands_is_not_made_longer_by_one_person(line: Line, anna: Person, boss: Person) -> None:
    child = talk(line, anna)
    soon, later = today() + 5 * DAY, today() + 80 * DAY
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
    refused = asks.post(address, {"reason": "danger", "until": (today() + 200 * DAY).isoformat()})
    assert refused.status_code == 400
    assert "90 days" in refused.content.decode()
    asks.post(address, {"reason": "danger", "until": (today() + 20 * DAY).isoformat()})
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
    until = (today() + DAY).isoformat()
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


SETTINGS = {
    "seats_default": 2, "seats_most": 3, "seats_for_high_risk": 0, "away_minutes": 10, "silence_ask_minutes": 5,
    "silence_end_minutes": 10, "lost_counsellor_told_seconds": 20, "lost_counsellor_offered_seconds": 90,
    "locked_counsellor_offered_seconds": 300, "keep_days": 30, "keep_unfinished_hours": 72,
}  # fmt: skip


def _settings(line: Line, **changes: Any) -> dict[str, Any]:
    return {**SETTINGS, "service": line.service.pk, **changes}


def test_a_coordinator_chooses_how_long_talks_are_kept_and_the_trail_and_the_privacy_page_tell_it(
    line: Line, boss: Person
) -> None:
    client = client_of(boss)
    page = client.get("/desk/settings").content.decode()
    assert "The privacy page tells children this number" in page
    assert client.post("/desk/settings", _settings(line, keep_days=45, keep_unfinished_hours=96)).status_code == 302
    promised = keeping_of(line.service.organisation.centre_id)
    assert (promised.days, promised.unfinished_hours) == (45, 96)
    entry = Entry.objects.get(action="helpline.settings.changed")
    assert json.loads(entry.codes) == {"fields": 2, "keep_days": 45, "keep_unfinished_hours": 96}
    assert entry.actor_id == boss.pk
    assert "45 days" in Client().get("/privacy").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"keep_days": 6}, {"keep_days": 91}, {"keep_unfinished_hours": 23}, {"keep_unfinished_hours": 169}],
)
def test_talks_are_kept_neither_too_short_to_come_back_to_nor_too_long(
    line: Line, boss: Person, wrong: dict[str, int]
) -> None:
    assert client_of(boss).post("/desk/settings", _settings(line, **wrong)).status_code == 400
    assert not HelplineSettings.objects.exists()


def test_a_shorter_time_is_saved_only_after_a_yes_to_what_goes_sooner(line: Line, anna: Person, boss: Person) -> None:
    talk(line, anna, days_ago=20)
    talk(line, anna, days_ago=20)
    talk(line, anna, days_ago=40)
    talk(line, anna, days_ago=3)
    client = client_of(boss)
    asked = client.post("/desk/settings", _settings(line, keep_days=14))
    assert asked.status_code == 400
    page = asked.content.decode()
    assert "Not saved yet" in page
    assert "destroys 2 talks that would have stayed" in page
    assert not HelplineSettings.objects.exists()
    # A yes is to these numbers and no others.
    assert client.post("/desk/settings", _settings(line, keep_days=7, sooner="14-72")).status_code == 400
    assert client.post("/desk/settings", _settings(line, keep_days=14, sooner="14-72")).status_code == 302
    assert purge_centre(line.service.organisation.centre, now=now()).talks == 3
    # A longer one needs none.
    assert client.post("/desk/settings", _settings(line, keep_days=30)).status_code == 302


def test_every_talk_can_be_found_by_its_day_and_page_after_page(line: Line, anna: Person, boss: Person) -> None:
    ids = []
    for number in range(23):
        child = talk(line, anna, days_ago=1 + number / 100)
        ids.append(child.conversation_id)
    Turn.objects.filter(pk=ids[0]).update(risk="high")
    yesterday = clock_at(line, days_ago=1)
    Conversation.objects.filter(pk=ids[4]).update(started_at_ms=yesterday)
    client = client_of(boss)
    first = client.get("/desk/when")
    assert first.context["page"].talks[0].id == ids[0]
    assert "Talks 1 to 20 of 23." in first.content.decode()
    assert "page=2#when-talks" in first.content.decode()
    second = client.get("/desk/when", {"page": 2})
    assert "Talks 21 to 23 of 23." in second.content.decode()
    found = [one.id for page in (first, second) for one in page.context["page"].talks]
    assert sorted(found) == sorted(ids)
    day = from_ms(yesterday).astimezone(ZoneInfo(line.service.organisation.centre.time_zone)).date()
    of_day = client.get("/desk/when", {"day": day.isoformat()})
    assert [one.id for one in of_day.context["page"].talks] == [ids[4]]
    assert f'value="{day.isoformat()}"' in of_day.content.decode()
    empty = client.get("/desk/when", {"day": "2020-02-29"}).content.decode()
    assert "No talk that could be kept began on 29 February 2020." in empty


@pytest.mark.parametrize("query", [{"page": "99"}, {"page": "-1"}, {"page": "x"}, {"day": "yesterday"}])
def test_a_page_or_day_that_is_none_shows_talks_all_the_same(
    line: Line, anna: Person, boss: Person, query: dict[str, str]
) -> None:
    child = talk(line, anna)
    answer = client_of(boss).get("/desk/when", query)
    assert answer.status_code == 200
    assert [one.id for one in answer.context["page"].talks] == [child.conversation_id]


def clock_at(line: Line, *, days_ago: int) -> int:
    """One minute after midnight so many days ago, where the centre is."""
    zone = ZoneInfo(line.service.organisation.centre.time_zone)
    day = now().astimezone(zone).date() - days_ago * DAY
    return int(dt.datetime.combine(day, dt.time(0, 1), zone).timestamp() * 1000)
