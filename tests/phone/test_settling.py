"""What becomes of calls of which nothing more is told, and what is gone a day later."""

import pytest

from havn.common.clock import now_ms
from havn.helpline.actions.duty import close_duties
from havn.helpline.models import Contact, Duty, Turn
from havn.phone.actions.calls import start_call
from havn.phone.actions.connecting import change_clocks
from havn.phone.actions.settling import LONGEST_CALL_MS, forget, sweep_calls, sweep_forgotten
from havn.phone.models import Call, DayKey, SeenMessage
from havn.phone.queries.calls import calls_at
from havn.phone.queries.today import calls_today
from havn.phone.rules.calls import DAY_MS
from havn.phone.tasks import forget as forget_task
from tests.helpline.factories import Line, Person, make_line
from tests.phone.factories import MINUTE, Telephone, make_phone, the_call, the_turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def anna(line: Line) -> Person:
    return line.counsellor()


@pytest.fixture
def phone(line: Line, anna: Person) -> Telephone:
    return make_phone(line, {"101": anna})


def _contact() -> tuple[str, str, str, str]:
    contact = Contact.objects.get()
    return contact.channel, contact.result, contact.waiting_band, contact.length_band


@pytest.mark.parametrize(
    ("reason", "result"), [("hung-up", "left"), ("no-answer", "left"), ("busy", "refused"), ("closed", "closed")]
)
def test_a_call_that_nobody_answered_is_counted_once_with_its_wait(phone: Telephone, reason: str, result: str) -> None:
    start = now_ms() - 30 * MINUTE
    phone.rings("1", at_ms=start)
    phone.ends("1", reason, at_ms=start + 6 * MINUTE)
    sweep_calls(start + 15 * MINUTE)
    assert not Contact.objects.exists()
    for _ in range(2):
        sweep_calls(start + 16 * MINUTE)
    assert _contact() == ("phone", result, "5-15", "")


def test_what_is_told_late_changes_the_call_until_it_is_settled_and_nothing_after(
    anna: Person, phone: Telephone
) -> None:
    start = now_ms() - 30 * MINUTE
    phone.rings("1", at_ms=start)
    phone.ends("1", at_ms=start + MINUTE)
    sweep_calls(now_ms())
    phone.answers("1", at_ms=start + MINUTE // 2)
    assert not Turn.objects.exists()
    assert _contact()[1] == "left"
    phone.ends("2", at_ms=now_ms())
    phone.answers("2", at_ms=now_ms())
    sweep_calls(now_ms() + 20 * MINUTE)
    assert the_turn().state == "ended"
    assert Contact.objects.count() == 1


def test_a_ring_without_end_is_given_up_and_its_wait_is_not_known(line: Line, phone: Telephone) -> None:
    start = now_ms() - 9 * MINUTE
    phone.rings("1", at_ms=start)
    sweep_calls(now_ms())
    assert len(calls_at(line.service.pk).ringing) == 1
    sweep_calls(start + 10 * MINUTE)
    assert calls_at(line.service.pk).ringing == ()
    sweep_calls(start + 21 * MINUTE)
    assert _contact() == ("phone", "left", "", "")


def test_the_clocks_are_the_helplines_own(line: Line, phone: Telephone) -> None:
    change_clocks(actor=line.people[0].user, service=line.service, ring_minutes=2, alone_minutes=5)
    phone.rings("1", at_ms=now_ms() - 3 * MINUTE)
    sweep_calls(now_ms())
    assert calls_at(line.service.pk).ringing == ()


def test_a_call_that_nobody_claimed_is_counted_as_answered(phone: Telephone) -> None:
    start = now_ms() - 40 * MINUTE
    phone.rings("1", at_ms=start)
    phone.answers("1", "999", at_ms=start + 2 * MINUTE)
    phone.ends("1", at_ms=start + 22 * MINUTE)
    sweep_calls(now_ms())
    assert _contact() == ("phone", "answered", "1-5", "15-30")


def test_an_unclaimed_call_without_end_is_over_some_day(line: Line, phone: Telephone) -> None:
    phone.answers("1", "999")
    sweep_calls(now_ms() + LONGEST_CALL_MS + 1)
    assert calls_at(line.service.pk).unclaimed == ()
    sweep_calls(now_ms() + LONGEST_CALL_MS + 11 * MINUTE)
    assert _contact()[1] == "answered"


def test_a_call_without_its_desk_ends_by_itself_where_the_desk_was_last_heard(line: Line, anna: Person) -> None:
    turn = start_call(actor=anna.user, service=line.service, keyring=anna.keyring, now_ms=now_ms())
    lost = now_ms() + 3 * MINUTE
    Duty.objects.update(alive_until_ms=lost)
    sweep_forgotten(lost + 29 * MINUTE)
    turn.refresh_from_db()
    assert turn.state == "talking"
    close_duties(service_id=line.service.pk, user_id=anna.pk, now_ms=lost)
    sweep_forgotten(lost + 30 * MINUTE)
    turn.refresh_from_db()
    assert (turn.state, turn.ended_by, turn.ended_at_ms) == ("ended", "forgotten", lost)


def test_while_the_telephone_says_that_a_call_runs_it_runs(phone: Telephone) -> None:
    phone.answers("1")
    Duty.objects.update(alive_until_ms=now_ms() - 60 * MINUTE)
    sweep_forgotten(now_ms())
    assert the_turn().state == "talking"
    sweep_forgotten(now_ms() + LONGEST_CALL_MS + MINUTE)
    assert the_turn().state == "ended"


def test_the_key_of_a_day_goes_with_its_marks(phone: Telephone) -> None:
    phone.rings("1", number="+4799887766")
    made = DayKey.objects.get().made_at_ms
    assert the_call().caller
    assert not forget(made + DAY_MS - 1)
    assert DayKey.objects.exists()
    assert forget(made + DAY_MS)
    assert not DayKey.objects.exists()
    call = Call.objects.first()
    assert call is None or (call.caller, call.caller_key_id) == (b"", None)


def test_a_call_is_forgotten_a_day_after_its_last_event_and_counted_before(phone: Telephone) -> None:
    phone.rings("1")
    phone.ends("1")
    phone.answers("2")
    later = now_ms() + DAY_MS + 20 * MINUTE
    forget(later)
    assert not Call.objects.exists()
    assert Contact.objects.get().result == "left"
    assert the_turn().state == "talking"


def test_messages_are_remembered_as_long_as_they_could_be_played_again(phone: Telephone) -> None:
    phone.rings("1")
    forget(now_ms() + 10 * MINUTE)
    assert SeenMessage.objects.count() == 1
    forget(now_ms() + 12 * MINUTE)
    assert not SeenMessage.objects.exists()


def test_the_task_forgets(phone: Telephone) -> None:
    phone.rings("1", number="+4799887766")
    DayKey.objects.update(made_at_ms=now_ms() - DAY_MS - 1)
    forget_task.func()
    assert not DayKey.objects.exists()


def test_today_counts_every_call_once_at_every_moment(line: Line, phone: Telephone) -> None:
    now = now_ms()
    phone.rings("1", at_ms=now)
    assert (calls_today(line.service, now).waiting, calls_today(line.service, now).offered) == (1, 1)
    phone.ends("1", "no-answer", at_ms=now)
    phone.answers("2", at_ms=now)
    phone.answers("3", "999", at_ms=now)
    for _ in range(2):
        today = calls_today(line.service, now)
        assert (today.answered, today.left, today.waiting, today.offered) == (2, 1, 0, 3)
        assert today.answered_percent == 67
        phone.ends("3", at_ms=now)
        Call.objects.filter(conversation__isnull=True).update(ended_ms=now - 11 * MINUTE)
        sweep_calls(now)
