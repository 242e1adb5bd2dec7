"""The list: order, clocks, filters and pages by key; taking any letter; settings; the wall and the menu."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty, lay_back_letter
from havn.helpline.actions.visits import start_visit, write_letter_again
from havn.helpline.models import Duty, Turn
from havn.letterbox.actions.books import SWEEP_EVERY_MS, sweep_alarms
from havn.letterbox.actions.settings import change_settings
from havn.letterbox.models import LetterClock
from havn.letterbox.queries.letters import Wish, counts_of, over_alarm, page_of
from havn.letterbox.rules.clocks import Standing, standing
from havn.live.models import Beacon
from tests.helpline.factories import Person
from tests.helpline.public import make_visitor
from tests.letterbox.factories import HOUR, Letters, browser_of, make_letters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def _ids(letters: Letters, person: Person, wish: Wish) -> list[int]:
    page = page_of([letters.line.service], wish, user_id=person.pk, now_ms=now_ms())
    return [row.conversation_id for row in page.rows]


@pytest.mark.parametrize(
    ("hours", "stands"),
    [
        (None, Standing.ANSWERED),
        (23.9, Standing.IN_TIME),
        (24, Standing.LATE),
        (31.9, Standing.LATE),
        (32, Standing.ALARM),
    ],
)
def test_the_clock_stands(hours: float | None, stands: Standing) -> None:
    since = None if hours is None else 0
    at = int((hours or 0) * HOUR)
    assert standing(unanswered_since_ms=since, aim_hours=24, alarm_hours=32, now_ms=at) is stands


def test_the_oldest_unanswered_words_count_until_we_answer(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.letter(hours_ago=30)
    clock = LetterClock.objects.get(pk=child.conversation_id)
    child.says("are you there?")
    assert LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms == clock.unanswered_since_ms
    letters.take(anna, child)
    letters.send(anna, child)
    clock.refresh_from_db()
    assert clock.unanswered_since_ms is None
    assert clock.answered_at_ms is not None
    child.says("thank you, and one thing more")
    clock.refresh_from_db()
    assert clock.unanswered_since_ms is not None
    assert clock.unanswered_since_ms >= clock.answered_at_ms


def test_a_letter_written_by_the_form_and_again_has_a_clock(letters: Letters) -> None:
    visitor = make_visitor(letters.line, "letter", letter="dear you")
    first = LetterClock.objects.get(pk=visitor.started.conversation_id)
    write_letter_again(visitor=visitor.held, text="more", client_id="again-0001", now_ms=now_ms() + 5)
    assert LetterClock.objects.get(pk=first.pk).unanswered_since_ms == first.unanswered_since_ms
    start_visit(
        centre_id=letters.centre_id,
        service_id=letters.service_id,
        channel="chat",
        language="en",
        now_ms=now_ms(),
        secret=b"c" * 32,
    )
    assert LetterClock.objects.count() == 1


def test_the_list_by_state_language_and_mine(letters: Letters) -> None:
    anna, bo = letters.line.counsellor(shown_name="Anna"), letters.line.counsellor(shown_name="Bo")
    old, new = letters.letter(hours_ago=40), letters.letter(hours_ago=2, language="nb")
    taken, read = letters.letter(hours_ago=10), letters.letter(hours_ago=5)
    letters.take(anna, taken)
    letters.set(second_reading="always")
    letters.take(bo, read)
    letters.ask(bo, read)
    done = letters.letter(hours_ago=3)
    letters.set(second_reading="never")
    letters.take(anna, done)
    letters.send(anna, done)
    by = lambda **wish: _ids(letters, anna, Wish(**wish))  # noqa: E731
    assert by(state="open") == [one.conversation_id for one in (old, taken, read, new)]
    assert by(state="waiting") == [old.conversation_id, new.conversation_id]
    assert by(state="claimed") == [taken.conversation_id, read.conversation_id]
    assert by(state="reading") == [read.conversation_id]
    assert by(state="answered") == [done.conversation_id]
    assert by(state="open", language="nb") == [new.conversation_id]
    assert by(state="open", mine=True) == [taken.conversation_id]
    counts = counts_of([letters.line.service], Wish(), user_id=anna.pk, now_ms=now_ms())
    assert counts == {"open": 4, "waiting": 2, "claimed": 2, "reading": 1, "answered": 1}


def test_pages_go_on_after_a_row_however_many_came_before_it(letters: Letters) -> None:
    anna = letters.line.counsellor()
    children = [letters.letter(hours_ago=50 - number) for number in range(7)]
    service, at = letters.line.service, now_ms()
    first = page_of([service], Wish(), user_id=anna.pk, now_ms=at, most=3)
    assert first.next_key is not None
    letters.take(anna, children[0])
    letters.send(anna, children[0])
    second = page_of([service], Wish(after=first.next_key), user_id=anna.pk, now_ms=at, most=3)
    third = page_of([service], Wish(after=second.next_key), user_id=anna.pk, now_ms=at, most=3)
    found = [row.conversation_id for page in (first, second, third) for row in page.rows]
    assert found == [one.conversation_id for one in children]
    assert third.next_key is None


def test_the_screen_says_clocks_in_words_and_asks_the_database_a_fixed_number_of_times(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    browser = browser_of(anna)
    letters.letter(hours_ago=33, risk="imminent")
    letters.letter(hours_ago=25)
    letters.letter(hours_ago=1)
    browser.get(reverse("letterbox:letters"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = browser.get(reverse("letterbox:letters")).content.decode()
    for words in ("Past the alarm", "Past the aim", "In time", "Imminent", "waits for 33 hours", "Take it"):
        assert words in page
    assert "dear you" not in page
    for number in range(20):
        letters.letter(hours_ago=number)
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("letterbox:letters"))
    assert len(many) <= len(few) + 1


def test_what_cannot_be_asked_for_is_not_asked_for(letters: Letters) -> None:
    browser = browser_of(letters.line.counsellor(language="en"))
    letters.letter()
    for query in ("state=x", "after=x", "after=1-", "after=99999999999999999999-1", "language=zz", "after=٣-٣"):
        assert browser.get(reverse("letterbox:letters") + "?" + query).status_code == 200


def test_any_letter_can_be_taken_and_the_trail_names_none(letters: Letters) -> None:
    anna, bo = letters.line.counsellor(language="en"), letters.line.counsellor(language="en")
    letters.letter(hours_ago=9)
    newer = letters.letter(hours_ago=1)
    answer = browser_of(anna).post(reverse("letterbox:take", args=[newer.conversation_id]))
    assert answer.headers["Location"].endswith(f"/desk/letters/{newer.conversation_id}")
    assert newer.turn.counsellor_id == anna.pk
    entry = Entry.objects.filter(action="helpline.letter.taken").get()
    assert (entry.actor_id, entry.subject) == (anna.pk, "")
    late = browser_of(bo).post(reverse("letterbox:take", args=[newer.conversation_id]), follow=True)
    assert "A colleague has taken this letter" in late.content.decode()
    with pytest.raises(Refused):
        letters.take(bo, newer)


def test_taking_needs_duty_and_a_key(letters: Letters) -> None:
    child, off = letters.letter(), letters.line.member()
    with pytest.raises(Refused, match="Go on duty"):
        letters.take(off, child)


def test_laying_back_from_the_list_and_by_going_off_duty(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    child = letters.letter()
    letters.take(anna, child)
    browser_of(anna).post(reverse("letterbox:lay_back", args=[child.conversation_id]))
    assert child.turn.state == Turn.State.WAITING
    letters.take(anna, child)
    go_off_duty(actor=anna.user, service=letters.line.service, give_back=False, now_ms=now_ms())
    assert child.turn.counsellor_id is None
    with pytest.raises(NotAllowed):
        lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())


def test_writing_keeps_a_duty_from_being_forgotten_and_makes_no_lost_desk_look_alive(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.letter()
    letters.take(anna, child)
    Duty.objects.update(alive_until_ms=now_ms() - 20 * 60_000)
    letters.keep(anna, child, "I have read")
    duty = Duty.objects.get(user=anna.user)
    assert now_ms() - 60_000 < duty.alive_until_ms <= now_ms()


def test_a_letter_past_its_alarm_is_on_the_wall_and_in_the_menu(letters: Letters) -> None:
    lead = letters.line.people[0]
    browser = browser_of(lead)
    letters.letter(hours_ago=31)
    assert "past the alarm" not in browser.get(reverse("helpline:wall")).content.decode()
    letters.letter(hours_ago=33)
    page = browser.get(reverse("helpline:wall")).content.decode()
    assert "1 letter has waited past the alarm." in page
    assert "The oldest waits for 33 hours." in page
    assert over_alarm(letters.service_id, now_ms=now_ms()) == 1
    letters.set(alarm_hours=40)
    assert over_alarm(letters.service_id, now_ms=now_ms()) == 0


def test_the_walls_are_woken_when_a_letter_passes_its_alarm(letters: Letters) -> None:
    letters.letter(hours_ago=1)
    topic = f"queue:{letters.service_id}"
    version = lambda: Beacon.objects.get(topic=topic).version  # noqa: E731
    letters.line.counsellor()
    before = version()
    passing = LetterClock.objects.get().unanswered_since_ms
    assert passing is not None
    sweep_alarms(passing + 32 * HOUR - 1)
    assert version() == before
    sweep_alarms(passing + 32 * HOUR + 1000)
    assert version() == before + 1
    sweep_alarms(passing + 32 * HOUR + 1000 + SWEEP_EVERY_MS)
    assert version() == before + 1


def test_letters_of_another_helpline_and_centre_stay_there(letters: Letters) -> None:
    from tests.helpline.factories import make_line

    elsewhere = Letters(make_line(centre_fields={"slug": "other", "host": "other.test"}))
    child = elsewhere.letter()
    anna = letters.line.counsellor(language="en")
    assert _ids(letters, anna, Wish()) == []
    browser = browser_of(anna)
    for name in ("letter", "edition"):
        assert browser.get(reverse(f"letterbox:{name}", args=[child.conversation_id])).status_code == 403
    assert browser.post(reverse("letterbox:take", args=[child.conversation_id])).status_code == 403


def test_coordinators_change_the_clocks_and_nobody_else(letters: Letters) -> None:
    lead, anna = letters.line.people[0], letters.line.member(Role.COUNSELLOR, language="en")
    browser = browser_of(lead)
    page = browser.get(reverse("letterbox:settings")).content.decode()
    assert re.search(r'name="alarm_hours"[^>]*value="32"', page)
    form = {
        "service": letters.service_id,
        "aim_hours": "12",
        "alarm_hours": "12",
        "second_reading": "always",
        "newcomer_letters": "3",
        "reading_minutes": "15",
    }
    answer = browser.post(reverse("letterbox:settings"), form)
    assert answer.status_code == 400
    assert "The alarm must come later than the aim." in answer.content.decode()
    assert browser.post(reverse("letterbox:settings"), {**form, "alarm_hours": "20"}).status_code == 302
    entry = Entry.objects.filter(action="letterbox.settings.changed").get()
    assert '"second_reading":"always"' in entry.codes.replace(" ", "")
    with pytest.raises(NotAllowed):
        change_settings(actor=anna.user, service=letters.line.service, values={"aim_hours": 1})
    assert browser_of(anna).get(reverse("letterbox:settings")).status_code == 403


def test_the_list_says_what_came_while_it_was_open(letters: Letters) -> None:
    anna = letters.line.counsellor()
    letters.letter(hours_ago=2)
    client, address = browser_of(anna), reverse("letterbox:letters")
    before = now_ms()
    letters.letter(language="en", hours_ago=-0.001)
    assert client.get(address).context["new_count"] == 0
    for query, count in (
        ({"since": before}, 1),
        ({"since": before, "state": "answered"}, 1),
        ({"since": before, "language": "en"}, 1),
        ({"since": before, "mine": "1"}, 0),
        ({"since": before + HOUR}, 0),
        ({"since": "9" * 40}, 0),
    ):
        page = client.get(address, query)
        assert page.context["new_count"] == count, query
        assert f'data-new="{count}"' in page.content.decode()
        # What is only asked by the script stands in no link of the page.
        assert not re.search(r'href="[^"]*since=', page.content.decode())


def test_who_looks_at_the_list_is_told_when_an_answered_letter_waits_again(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.letter()
    letters.take(anna, child)
    letters.send(anna, child)
    told = Beacon.objects.get(topic=f"queue:{letters.service_id}").version
    child.says("thank you, and one more thing")
    again = Beacon.objects.get(topic=f"queue:{letters.service_id}").version
    assert again > told
    child.says("and that was it")
    assert Beacon.objects.get(topic=f"queue:{letters.service_id}").version == again
