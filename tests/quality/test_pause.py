"""A pause is proposed after a set load, taken or not, and takes nobody new while everything else goes on."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from havn.common.clock import from_ms, now_ms
from havn.common.errors import Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.leases import sweep_pauses
from havn.helpline.actions.taking import take_letter
from havn.helpline.actions.transfers import offer_transfer
from havn.helpline.models import Duty
from havn.helpline.queries.closing import on_duty_now
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff
from havn.quality.actions.pause import go_on, not_now, take_pause
from havn.quality.models import DutyLoad, QualitySettings
from havn.quality.rules.load import Load, is_hard, minutes_between, wants_pause
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

PROPOSED = "You have had 2 hard talks in a row."


def _client(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def _desk(client: Client) -> str:
    return client.get(reverse("helpline:desk")).content.decode()


def _pause(team: Team) -> None:
    take_pause(actor=team.anna.user, service=team.service, now_ms=now_ms())


@given(st.lists(st.one_of(st.none(), st.integers(0, 90)), max_size=12))
def test_hard_talks_add_up_and_others_break_the_row(talks: list[int | None]) -> None:
    load = Load()
    for minutes in talks:
        load = load.after_other() if minutes is None else load.after_hard(minutes)
    hard = [one for one in talks if one is not None]
    assert (load.talks, load.minutes, load.minutes_since) == (len(hard), sum(hard), sum(hard))
    row = talks[::-1].index(None) if None in talks else len(talks)
    assert load.in_a_row == row
    assert load.rested() == Load(load.talks, load.minutes, 0, 0)


@pytest.mark.parametrize(
    ("row", "minutes", "talks", "after", "wanted"),
    [(2, 10, 2, 90, True), (1, 10, 2, 90, False), (1, 90, 2, 90, True), (9, 900, 0, 0, False), (3, 0, 2, 0, True)],
)
def test_when_a_pause_is_proposed(row: int, minutes: int, talks: int, after: int, wanted: bool) -> None:
    assert wants_pause(Load(row, minutes, row, minutes), after_talks=talks, after_minutes=after) is wanted


def test_begun_minutes_count_and_unknown_ones_do_not() -> None:
    assert [minutes_between(0, ms) for ms in (1, 60_000, 60_001)] == [1, 1, 2]
    assert (minutes_between(None, 5), minutes_between(5, None), minutes_between(9, 3)) == (0, 0, 0)
    assert is_hard(risks=("", "none"), reasons=["gaming"], hard_reasons=["suicide"], said_so=True)


def test_it_is_proposed_taken_and_over_by_itself(team: Team) -> None:
    anna = _client(team.anna)
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        team.hard()
        assert PROPOSED not in _desk(anna)
        team.hard()
        assert PROPOSED in _desk(anna)
        anna.post(reverse("quality:pause"), {"service": team.service.pk})
        page = _desk(anna)
        assert PROPOSED not in page
        assert "You have a pause until" in page
        assert "End the pause" in page
        Duty.objects.update(alive_until_ms=now_ms() + 3_600_000)
        clock.shift(599)
        sweep_pauses(now_ms())
        assert Duty.objects.filter(pause_until_ms__isnull=False).count() == 1
        clock.shift(1)
        sweep_pauses(now_ms())
        assert not Duty.objects.filter(pause_until_ms__isnull=False).exists()
        team.talk()


def test_only_a_talk_breaks_the_row_of_hard_ones(team: Team) -> None:
    anna = _client(team.anna)
    team.hard()
    team.coded(outcome="silent")
    team.hard()
    assert PROPOSED in _desk(anna)
    team.coded()
    assert PROPOSED not in _desk(anna)


def test_a_pause_ends_with_its_duty(team: Team) -> None:
    _pause(team)
    go_off_duty(actor=team.anna.user, service=team.service, give_back=False, now_ms=now_ms())
    ended = Duty.objects.get(user=team.anna.user)
    assert ended.ended_at_ms is not None
    assert ended.pause_until_ms is None


def test_in_a_pause_nobody_new_is_taken_and_an_open_talk_goes_on(team: Team) -> None:
    running = team.talk()
    team.line.child()
    team.line.child(channel="letter")
    _pause(team)
    with pytest.raises(Refused, match="You have a pause"):
        team.line.take(team.anna)
    with pytest.raises(Refused, match="You have a pause"):
        take_letter(actor=team.anna.user, service=team.service, keyring=team.anna.keyring, now_ms=now_ms())
    assert for_staff(snapshot(team.service.pk), team.anna.pk)["mine"] == 0
    running.says("are you still there?")
    team.codes(running)
    go_on(actor=team.anna.user, service=team.service)
    team.line.take(team.anna)


def test_its_seats_are_free_for_nobody_and_the_helpline_stays_open(team: Team) -> None:
    before = on_duty_now(team.service.pk, now_ms(), None)
    place = snapshot(team.service.pk).if_started_now("en")
    _pause(team)
    me = next(one for one in snapshot(team.service.pk).people if one.user_id == team.anna.pk)
    assert (me.seats, me.free, me.seats_now) == (2, 0, 0)
    assert on_duty_now(team.service.pk, now_ms(), None) == before
    Duty.objects.filter(user=team.kari.user).update(seats=0)
    alone = snapshot(team.service.pk).if_started_now("en")
    assert (place.wait.sure, alone.wait.minutes_from) == ("no", None)


def test_no_talk_is_handed_to_somebody_in_a_pause(team: Team) -> None:
    child = team.talk(team.kari)
    _pause(team)
    with pytest.raises(Refused, match="has a pause"):
        offer_transfer(
            actor=team.kari.user,
            conversation_id=child.conversation_id,
            to=team.anna.user,
            reason="",
            keyring=team.kari.keyring,
            now_ms=now_ms(),
        )


def test_not_now_holds_until_the_next_hard_talk(team: Team) -> None:
    anna = _client(team.anna)
    team.hard()
    team.hard()
    anna.post(reverse("quality:not_now"), {"service": team.service.pk})
    assert PROPOSED not in _desk(anna)
    team.coded()
    assert PROPOSED not in _desk(anna)
    team.hard()
    team.hard()
    assert PROPOSED in _desk(anna)


def test_after_a_pause_it_counts_anew_and_the_sums_stay(team: Team) -> None:
    team.hard()
    team.hard()
    _pause(team)
    load = DutyLoad.objects.get()
    assert (load.talks, load.in_a_row, load.minutes_since) == (2, 0, 0)


def test_a_helpline_may_propose_by_minutes_or_never(team: Team) -> None:
    QualitySettings.objects.create(service=team.service, pause_after_talks=0, pause_after_minutes=1)
    anna = _client(team.anna)
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        child = team.talk()
        clock.shift(61)
        Duty.objects.update(alive_until_ms=now_ms() + 60_000)
        team.codes(child, reasons=["suicide"])
        assert DutyLoad.objects.get().minutes == 2
        assert "You have been in hard talks for 2 minutes." in _desk(anna)
    QualitySettings.objects.update(pause_after_minutes=0)
    assert "Take a pause" not in _desk(anna)


def test_without_load_there_is_nothing_to_say_no_to(team: Team) -> None:
    with pytest.raises(Refused):
        not_now(actor=team.anna.user, service=team.service)
