"""Duties as leases, and the dead-man rule: told, offered, back again, never lost."""

from collections.abc import Callable

import pytest

from havn.accounts.models import Role
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions import closing, leases, quiet
from havn.helpline.actions.duty import go_off_duty, go_on_duty
from havn.helpline.models import Contact, Duty, HelplineSettings, ServiceQueue, Turn
from havn.helpline.queries.closing import staffing
from havn.helpline.rules.duty import lease_ms
from havn.live import api as live
from tests.helpline.factories import MINUTE, Child, Line, Person, make_line

pytestmark = pytest.mark.django_db
SECOND = 1000


@pytest.fixture
def line() -> Line:
    return make_line()


def _talk(line: Line) -> tuple[Person, Child]:
    anna = line.counsellor(shown_name="Anna")
    child = line.child()
    line.take(anna)
    return anna, child


def _lose(person: Person, ago_ms: int = 0) -> int:
    """The line freezes: no answer comes any more. Returns the moment of the last sign."""
    last_sign = now_ms() - ago_ms
    Duty.objects.filter(user=person.user).update(alive_until_ms=last_sign + lease_ms(20))
    return last_sign


def test_a_frozen_line_is_told_to_the_child_within_twenty_seconds(line: Line) -> None:
    anna, child = _talk(line)
    last_sign = _lose(anna)
    leases.sweep_lost(last_sign + 10 * SECOND)
    assert child.events() == ["joined"]
    leases.sweep_lost(last_sign + 20 * SECOND)
    assert child.events() == ["joined", "counsellor-away"]
    leases.sweep_lost(last_sign + 30 * SECOND)
    assert child.events() == ["joined", "counsellor-away"]


def test_after_ninety_seconds_the_talk_is_offered_first_of_all_and_keeps_its_seat(line: Line) -> None:
    anna, child = _talk(line)
    last_sign = _lose(anna)
    leases.sweep_lost(last_sign + 20 * SECOND)
    leases.sweep_lost(last_sign + 85 * SECOND)
    assert child.turn.returned_at_ms is None
    leases.sweep_lost(last_sign + 91 * SECOND)
    assert child.turn.returned_at_ms is not None
    assert (child.turn.state, child.turn.counsellor_id) == ("talking", anna.pk)
    line.child(waited_minutes=90, in_danger=True)
    assert line.take(line.counsellor()).pk == child.conversation_id


def test_a_counsellor_who_returns_first_goes_on_and_nobody_else_gets_the_child(line: Line) -> None:
    anna, child = _talk(line)
    last_sign = _lose(anna)
    leases.sweep_lost(last_sign + 20 * SECOND)
    leases.sweep_lost(last_sign + 95 * SECOND)
    leases.renew([anna.pk], now_ms())
    leases.sweep_lost(now_ms())
    assert child.events() == ["joined", "counsellor-away", "returned", "counsellor-back"]
    assert child.turn.returned_at_ms is None
    assert child.turn.counsellor_lost_at_ms is None
    with pytest.raises(Refused, match="Nobody is waiting"):
        line.take(line.counsellor())


def test_a_hidden_tab_that_still_answers_pings_is_never_lost(line: Line) -> None:
    anna, child = _talk(line)
    at = now_ms()
    for _ in range(30):
        at += 8 * SECOND
        leases.sweep_lost(at)
        leases.renew([anna.pk], at)
    assert child.events() == ["joined"]


def test_a_locked_desk_is_told_at_once_and_offered_only_after_five_minutes(line: Line) -> None:
    anna, child = _talk(line)
    locked_at = now_ms()
    leases.locked_or_open(anna.pk, True, locked_at)
    leases.sweep_lost(locked_at + 2 * SECOND)
    assert child.events()[-1] == "counsellor-away"
    leases.sweep_lost(locked_at + 200 * SECOND)
    assert child.turn.returned_at_ms is None
    leases.sweep_lost(locked_at + 301 * SECOND)
    assert child.turn.returned_at_ms is not None


def test_the_password_brings_a_locked_counsellor_back(line: Line) -> None:
    anna, child = _talk(line)
    leases.locked_or_open(anna.pk, True, now_ms())
    leases.sweep_lost(now_ms())
    with pytest.raises(Refused, match="Go on duty"):
        line.take(anna)
    leases.locked_or_open(anna.pk, False, now_ms())
    leases.sweep_lost(now_ms())
    assert child.events() == ["joined", "counsellor-away", "counsellor-back"]


def test_a_start_up_gives_everybody_a_minute_but_not_those_who_were_lost_before(line: Line) -> None:
    anna, child = _talk(line)
    bo, other = line.counsellor(), line.child()
    line.take(bo)
    _lose(anna, ago_ms=5 * MINUTE)
    leases.sweep_lost(now_ms())
    _lose(bo, ago_ms=5 * MINUTE)
    started = now_ms()
    leases.grace(started)
    leases.sweep_lost(started + SECOND)
    assert other.events() == ["joined"]
    assert child.events()[-1] == "returned"
    leases.sweep_lost(started + 61 * SECOND)
    assert other.events()[-1] == "counsellor-away"


def test_the_minute_of_a_fresh_duty_ends_with_the_first_answer(line: Line) -> None:
    anna, child = _talk(line)
    answered_at = now_ms()
    leases.renew([anna.pk], answered_at)
    leases.sweep_lost(answered_at + 20 * SECOND)
    assert child.events() == ["joined", "counsellor-away"]


def test_a_duty_forgotten_for_half_an_hour_ends(line: Line) -> None:
    anna, child = _talk(line)
    _lose(anna, ago_ms=40 * MINUTE)
    leases.sweep_lost(now_ms())
    leases.sweep_forgotten(now_ms())
    assert not Duty.objects.filter(user=anna.user, ended_at_ms__isnull=True).exists()
    leases.sweep_lost(now_ms())
    assert child.turn.returned_at_ms is not None


def test_going_off_duty_with_open_talks_needs_to_give_them_back(line: Line) -> None:
    anna, child = _talk(line)
    off: Callable[[bool], None] = lambda give_back: go_off_duty(  # noqa: E731
        actor=anna.user, service=line.service, give_back=give_back, now_ms=now_ms()
    )
    with pytest.raises(Refused, match="open talks"):
        off(False)
    off(True)
    assert child.turn.returned_at_ms is not None
    assert child.events()[-1] == "returned"
    told = live.messages(
        conversation_id=child.conversation_id, key=child.key, viewer=live.Viewer(0, "counsellor", anna.pk)
    )
    assert told[-1].text == "Anna went off duty and gave the talk back. It was offered to others."
    assert not Duty.objects.filter(user=anna.user, ended_at_ms__isnull=True).exists()


def test_somebody_who_leaves_the_organisation_gives_their_talks_back(line: Line) -> None:
    anna, child = _talk(line)
    leases.end_duties_of(user_id=anna.pk, organisation_id=line.service.organisation_id, now_ms=now_ms())
    assert child.turn.returned_at_ms is not None


def test_only_a_role_one_holds_can_be_taken_on_duty(line: Line) -> None:
    anna = line.member()
    with pytest.raises(NotAllowed):
        go_on_duty(
            actor=anna.user, service=line.service, role=Role.SUPERVISOR, seats=1, languages=["en"], now_ms=now_ms()
        )
    with pytest.raises(Refused, match="language"):
        go_on_duty(
            actor=anna.user, service=line.service, role=Role.COUNSELLOR, seats=1, languages=["xx"], now_ms=now_ms()
        )


def test_seats_are_cut_to_what_the_helpline_allows(line: Line) -> None:
    line.set(seats_most=2)
    anna = line.counsellor(seats=9)
    assert Duty.objects.get(user=anna.user).seats == 2


def test_the_minimum_of_staff_is_remembered_with_the_time_it_was_missed(line: Line) -> None:
    from havn.common.clock import now

    line.set(needs_staff=True)
    assert staffing(line.service.pk, now()) is not None
    at = now_ms()
    leases.sweep_staffing(at)
    assert ServiceQueue.objects.get(pk=line.service.pk).below_since_ms == at
    line.on_duty(line.people[0], role=Role.COORDINATOR, seats=0)
    line.counsellor()
    leases.sweep_staffing(now_ms())
    assert ServiceQueue.objects.get(pk=line.service.pk).below_since_ms == at
    line.counsellor()
    leases.sweep_staffing(now_ms())
    assert ServiceQueue.objects.get(pk=line.service.pk).below_since_ms is None
    told = staffing(line.service.pk, now())
    assert told is not None
    assert (told.coordinators, told.counsellors, told.below_since) == (1, 2, None)


def test_only_those_who_can_answer_a_child_count_as_counsellors(line: Line) -> None:
    from havn.common.clock import now

    line.set(needs_staff=True)
    line.on_duty(line.people[0], role=Role.COORDINATOR, seats=0)
    line.counsellor()
    watching = line.on_duty(line.member("supervisor"), role=Role.SUPERVISOR, seats=0)
    locked = line.counsellor()
    leases.locked_or_open(locked.pk, True, now_ms())
    told = staffing(line.service.pk, now())
    assert told is not None
    assert (told.coordinators, told.counsellors, told.enough) == (1, 1, False)
    line.on_duty(watching, role=Role.SUPERVISOR, seats=1)
    told = staffing(line.service.pk, now())
    assert told is not None
    assert (told.counsellors, told.enough) == (2, True)
    leases.locked_or_open(locked.pk, False, now_ms())
    told = staffing(line.service.pk, now())
    assert told is not None
    assert told.counsellors == 3


def test_without_a_minimum_nobody_asks_who_is_on_duty(line: Line) -> None:
    from havn.common.clock import now

    assert staffing(line.service.pk, now()) is None


def test_a_child_whose_line_is_gone_is_skipped_and_back_at_the_old_place(line: Line) -> None:
    child = line.child(waited_minutes=9)
    since = child.turn.waiting_since_ms
    quiet.presence(frozenset(), now_ms())
    assert child.turn.away_since_ms is not None
    quiet.presence(frozenset({child.conversation_id}), now_ms())
    assert child.turn.away_since_ms is None
    assert child.turn.waiting_since_ms == since


def test_a_child_who_stays_away_ten_minutes_is_counted_as_left(line: Line) -> None:
    child = line.child()
    gone_at = now_ms()
    quiet.presence(frozenset(), gone_at)
    quiet.sweep_away(gone_at + 9 * MINUTE)
    assert child.turn.state == "waiting"
    quiet.sweep_away(gone_at + 10 * MINUTE)
    assert (child.turn.state, child.turn.ended_by) == ("left", "away")
    assert [contact.result for contact in Contact.objects.all()] == ["left"]
    quiet.sweep_away(gone_at + 11 * MINUTE)
    assert Contact.objects.count() == 1


def test_a_helpline_may_be_more_patient_with_children_who_are_away(line: Line) -> None:
    line.set(away_minutes=20)
    child = line.child()
    gone_at = now_ms()
    quiet.presence(frozenset(), gone_at)
    quiet.sweep_away(gone_at + 15 * MINUTE)
    assert child.turn.state == "waiting"
    quiet.sweep_away(gone_at + 20 * MINUTE)
    assert child.turn.state == "left"


def _counsellor_says(line: Line, person: Person, child: Child, at_ms: int) -> None:
    from havn.live import api as live
    from havn.live.models import Participant

    part = Participant.objects.get(conversation_id=child.conversation_id, user=person.user)
    live.append(
        conversation_id=child.conversation_id,
        key=child.key,
        author="staff",
        kind="text",
        text="Are you with me?",
        participant_id=part.pk,
        now_ms=at_ms,
    )


def test_a_silent_child_is_asked_kindly_and_later_the_talk_ends(line: Line) -> None:
    anna, child = _talk(line)
    said_at = now_ms() + SECOND
    _counsellor_says(line, anna, child, said_at)
    quiet.sweep_silence(said_at + 4 * MINUTE)
    assert child.events() == ["joined"]
    quiet.sweep_silence(said_at + 5 * MINUTE)
    quiet.sweep_silence(said_at + 6 * MINUTE)
    assert child.events() == ["joined", "silence-asked"]
    quiet.sweep_silence(said_at + 10 * MINUTE)
    assert child.events() == ["joined", "silence-asked", "silence-ended"]
    assert (child.turn.state, child.turn.ended_by) == ("ended", "silence")


def test_a_child_who_waits_for_an_answer_is_not_silent(line: Line) -> None:
    anna, child = _talk(line)
    said_at = now_ms() + SECOND
    _counsellor_says(line, anna, child, said_at)
    child.says("yes", said_at + SECOND)
    quiet.sweep_silence(said_at + 60 * MINUTE)
    assert child.events() == ["joined"]


def test_a_child_who_is_typing_a_long_message_is_not_silent(line: Line) -> None:
    anna, child = _talk(line)
    said_at = now_ms() + SECOND
    _counsellor_says(line, anna, child, said_at)
    quiet.typing(frozenset({child.conversation_id}), said_at + 4 * MINUTE)
    quiet.sweep_silence(said_at + 6 * MINUTE)
    assert child.events() == ["joined"]
    quiet.sweep_silence(said_at + 9 * MINUTE)
    assert child.events() == ["joined", "silence-asked"]


def test_a_word_after_the_kind_line_starts_the_clock_again(line: Line) -> None:
    anna, child = _talk(line)
    said_at = now_ms() + SECOND
    _counsellor_says(line, anna, child, said_at)
    quiet.sweep_silence(said_at + 5 * MINUTE)
    child.says("sorry, my mother came in", said_at + 6 * MINUTE)
    _counsellor_says(line, anna, child, said_at + 7 * MINUTE)
    quiet.sweep_silence(said_at + 11 * MINUTE)
    assert child.turn.state == "talking"
    quiet.sweep_silence(said_at + 12 * MINUTE)
    assert child.events()[-1] == "silence-asked"
    assert child.turn.state == "talking"


def test_nobody_is_silent_while_their_counsellor_is_away(line: Line) -> None:
    anna, child = _talk(line)
    said_at = now_ms() + SECOND
    _counsellor_says(line, anna, child, said_at)
    leases.locked_or_open(anna.pk, True, said_at)
    leases.sweep_lost(said_at + SECOND)
    quiet.sweep_silence(said_at + 60 * MINUTE)
    assert child.turn.state == "talking"


def test_leases_follow_the_settings_of_their_helpline(line: Line) -> None:
    HelplineSettings.objects.create(service=line.service, lost_counsellor_told_seconds=40)
    anna = line.counsellor()
    Duty.objects.filter(user=anna.user).update(alive_until_ms=0)
    leases.renew([anna.pk], 1_000_000)
    assert Duty.objects.get(user=anna.user).alive_until_ms == 1_000_000 + lease_ms(40)
    assert Turn.objects.count() == 0


def _hours(line: Line, closes_in_minutes: int) -> None:
    """Open today until so many minutes from now (or so many ago), in the centre's time zone."""
    import datetime as dt
    from zoneinfo import ZoneInfo

    from havn.centres.models import ChannelSettings, OpeningRule
    from havn.common.clock import now

    zone = ZoneInfo(line.service.organisation.centre.time_zone)
    closes = now().astimezone(zone) + dt.timedelta(minutes=closes_in_minutes)
    opens = closes - dt.timedelta(hours=8)
    ChannelSettings.objects.filter(service=line.service, channel="chat").update(always_open=False)
    OpeningRule.objects.create(
        service=line.service,
        channel="chat",
        weekday=opens.weekday(),
        opens=opens.time().replace(second=0, microsecond=0),
        closes=closes.time().replace(second=0, microsecond=0),
    )


def test_talks_are_told_once_a_quarter_of_an_hour_before_closing(line: Line) -> None:
    _anna, child = _talk(line)
    _hours(line, closes_in_minutes=10)
    closing.sweep_closing(now_ms())
    closing.sweep_closing(now_ms())
    assert child.events() == ["joined", "closing-soon"]


def test_long_before_closing_nothing_is_said(line: Line) -> None:
    _anna, child = _talk(line)
    _hours(line, closes_in_minutes=120)
    closing.sweep_closing(now_ms())
    assert child.events() == ["joined"]


def test_after_closing_a_wait_that_nobody_will_answer_ends_and_is_counted_as_closed(line: Line) -> None:
    anna, talking = _talk(line)
    waiting, dane = line.child(), line.child(language="da")
    _hours(line, closes_in_minutes=-5)
    closing.sweep_closing(now_ms())
    # Anna stays on and speaks English: who waits in English may still be taken.
    assert (waiting.turn.state, dane.turn.state) == ("waiting", "left")
    go_off_duty(actor=anna.user, service=line.service, give_back=True, now_ms=now_ms())
    closing.sweep_closing(now_ms())
    assert (waiting.turn.state, waiting.turn.ended_by) == ("left", "closing")
    # Given back, with nobody left to take it: that child waits for nobody too.
    assert (talking.turn.state, talking.turn.ended_by) == ("ended", "closing")
    assert talking.events()[-1] == "ended"
    assert {contact.result for contact in Contact.objects.all()} == {"closed"}


def test_after_closing_a_talk_goes_on_with_its_counsellor_or_with_a_colleague_who_could_take_it(line: Line) -> None:
    anna, talking = _talk(line)
    _hours(line, closes_in_minutes=-5)
    closing.sweep_closing(now_ms())
    assert talking.turn.state == "talking", "a running talk is not cut off"
    line.counsellor(languages=("en",))
    go_off_duty(actor=anna.user, service=line.service, give_back=True, now_ms=now_ms())
    closing.sweep_closing(now_ms())
    assert talking.turn.state == "talking", "somebody on duty speaks the language"
