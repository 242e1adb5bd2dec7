"""After a hard talk: two questions that wait and block nothing, and a wish to talk that somebody answers."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.transfers import accept_transfer, offer_transfer
from havn.helpline.models import Turn
from havn.helpline.retention.destroy import destroy_at_once
from havn.live.models import Participant
from havn.quality.actions.debrief import answer_debrief, come_to_talk, end_wish
from havn.quality.actions.hard import mark_hard, say_it_was_hard
from havn.quality.models import Answer, Debrief, DutyLoad, HardMark, QualitySettings, TalkWish
from havn.quality.queries.care import debrief_waiting, for_staff, wishes_snapshot
from havn.quality.rules.answers import why_not
from havn.vocabularies.models import Vocabulary, VocabularyTerm
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

QUESTION = "How are you now?"


def _client(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def _desk(client: Client) -> str:
    return client.get(reverse("helpline:desk")).content.decode()


def _answer(team: Team, wish: str, step: int | None = 3) -> None:
    answer_debrief(actor=team.anna.user, service=team.service, step=step, wish=wish, now_ms=now_ms())


def _wish(team: Team, wish: str = "now") -> TalkWish:
    team.hard()
    _answer(team, wish)
    return TalkWish.objects.get()


def _calls(team: Team, person: Person) -> Any:
    return for_staff(wishes_snapshot(team.service.pk), person.pk)["calls"]


@pytest.mark.parametrize(
    ("values", "hard"),
    [
        ({}, False),
        ({"reasons": ["gaming", "self-harm"]}, True),
        ({"risk": "high"}, True),
        ({"risk": "imminent"}, True),
        ({"risk": "some"}, False),
    ],
)
def test_what_is_hard_by_its_record(team: Team, values: dict[str, Any], hard: bool) -> None:
    team.coded(**values)
    assert (debrief_waiting(team.service.pk, team.anna.pk, now_ms=now_ms()) is not None) is hard
    assert DutyLoad.objects.filter(talks=1).exists() is hard
    assert debrief_waiting(team.service.pk, team.kari.pk, now_ms=now_ms()) is None


def test_what_the_counsellor_calls_hard_is(team: Team) -> None:
    child = team.talk()
    with pytest.raises(NotAllowed):
        mark_hard(actor=team.kari.user, conversation_id=child.conversation_id)
    for _twice_takes_back in range(3):
        mark_hard(actor=team.anna.user, conversation_id=child.conversation_id)
    team.codes(child)
    assert Debrief.objects.get().user_id == team.anna.pk
    assert not HardMark.objects.exists()


def test_who_handed_a_hard_talk_on_is_asked_when_its_record_is_closed(team: Team) -> None:
    child = team.talk()
    mark_hard(actor=team.anna.user, conversation_id=child.conversation_id)
    offer_transfer(
        actor=team.anna.user,
        conversation_id=child.conversation_id,
        to=team.kari.user,
        reason="",
        keyring=team.anna.keyring,
        now_ms=now_ms(),
    )
    accept_transfer(
        actor=team.kari.user, conversation_id=child.conversation_id, keyring=team.kari.keyring, now_ms=now_ms()
    )
    team.codes(child, team.kari)
    assert Debrief.objects.get().user_id == team.anna.pk
    kept = DutyLoad.objects.get()
    assert (kept.user_id, kept.talks, kept.minutes) == (team.anna.pk, 1, 0)
    assert not HardMark.objects.exists()


def test_what_took_over_for_a_hard_reason_is_hard_and_ticked(team: Team) -> None:
    QualitySettings.objects.create(service=team.service, hard_reasons=["gaming"])
    listed = Vocabulary.objects.create(dimension="reason", code="reason-test", valid_from=dt.date(2020, 1, 1))
    Vocabulary.objects.filter(pk=listed.pk).update(centre=team.service.organisation.centre)
    for code, to in (("gaming", "play"), ("play", ""), ("other", "")):
        VocabularyTerm.objects.create(
            vocabulary=listed, code=code, labels={"en": code}, replaced_by=to, retired=bool(to)
        )
    team.coded(reasons=["other"])
    assert not Debrief.objects.exists()
    page = _client(team.kari).get(reverse("quality:settings")).content.decode()
    assert ('value="play" checked' in page, 'value="other" checked' in page) == (True, False)
    team.coded(reasons=["play"])
    assert Debrief.objects.get().user_id == team.anna.pk


def test_an_answered_mail_counts_without_minutes(team: Team) -> None:
    child = team.talk()
    Turn.objects.filter(pk=child.conversation_id).update(taken_at_ms=now_ms() - 3_600_000)
    Participant.objects.filter(conversation_id=child.conversation_id).update(joined_at_ms=now_ms() - 3_600_000)
    Turn.objects.filter(pk=child.conversation_id).update(channel="mail")
    team.codes(child, reasons=["suicide"])
    kept = DutyLoad.objects.get()
    assert (kept.talks, kept.minutes) == (1, 0)


def test_the_mark_goes_with_its_talk(team: Team) -> None:
    child = team.talk()
    mark_hard(actor=team.anna.user, conversation_id=child.conversation_id)
    destroy_at_once([child.conversation_id])
    assert not HardMark.objects.exists()


def test_that_was_hard_needs_no_talk_and_counts_once(team: Team) -> None:
    for _pressed_twice in range(2):
        say_it_was_hard(actor=team.anna.user, service=team.service, now_ms=now_ms())
    assert DutyLoad.objects.get().talks == 1
    go_off_duty(actor=team.anna.user, service=team.service, give_back=False, now_ms=now_ms())
    with pytest.raises(Refused, match="Go on duty"):
        say_it_was_hard(actor=team.anna.user, service=team.service, now_ms=now_ms())


def test_the_questions_stand_on_the_desk_and_block_no_talk(team: Team) -> None:
    anna = _client(team.anna)
    assert QUESTION not in _desk(anna)
    team.hard()
    assert QUESTION in _desk(anna)
    assert QUESTION not in _desk(_client(team.kari))
    team.line.child()
    assert anna.post(reverse("helpline:take_next"), {"service": team.service.pk}).status_code == 302
    assert QUESTION in _desk(anna)
    anna.post(reverse("quality:skip"), {"service": team.service.pk})
    assert QUESTION not in _desk(anna)
    assert not Answer.objects.exists()


def test_nobody_is_asked_about_an_evening_that_is_over(team: Team) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        team.hard()
        clock.shift(12 * 3600)
        assert debrief_waiting(team.service.pk, team.anna.pk, now_ms=now_ms()) is None


@pytest.mark.parametrize(
    ("step", "wish", "why"), [(1, "no", None), (None, "now", None), (5, "no", "step"), (2, "", "wish")]
)
def test_what_an_answer_is(step: int | None, wish: str, why: str | None) -> None:
    assert why_not(step=step, wish=wish) == why


def test_an_answer_is_kept_by_the_day_and_asked_once(team: Team) -> None:
    team.hard()
    anna, address = _client(team.anna), reverse("quality:answer")
    assert anna.post(address, {"service": team.service.pk, "step": "9", "wish": "no"}).status_code == 302
    assert not Answer.objects.exists()
    anna.post(address, {"service": team.service.pk, "step": "4", "wish": "no"})
    kept = Answer.objects.get()
    assert (kept.user_id, kept.step, kept.wish) == (team.anna.pk, 4, "no")
    assert not TalkWish.objects.exists()
    with pytest.raises(Refused, match="Nothing is asked"):
        _answer(team, "now")
    assert not Entry.objects.filter(action__startswith="quality.").exists()


def test_now_calls_the_supervisors_until_one_comes(team: Team) -> None:
    per = team.line.on_duty(team.line.member("supervisor", name="Per Lead"), role="supervisor", seats=0)
    wish = _wish(team)
    assert [one[0] for one in _calls(team, per)] == [str(wish.pk)]
    assert _calls(team, team.anna) == []
    for screen in ("helpline:wall", "helpline:desk"):
        assert "Anna Berg wants to talk with somebody now." in _client(per).get(reverse(screen)).content.decode()
    come_to_talk(actor=per.user, wish_id=wish.pk)
    come_to_talk(actor=team.kari.user, wish_id=wish.pk)
    assert TalkWish.objects.get().coming_id == per.pk
    assert _calls(team, team.kari) == []
    assert "Per Lead comes to talk with you." in _desk(_client(team.anna))
    end_wish(actor=per.user, wish_id=wish.pk)
    assert not TalkWish.objects.exists()
    with pytest.raises(Refused, match="looked after"):
        come_to_talk(actor=per.user, wish_id=wish.pk)


def test_who_may_come_and_who_may_end_it(team: Team) -> None:
    bo = team.line.counsellor(name="Bo Lie")
    wish = _wish(team)
    for person in (bo, team.anna):
        with pytest.raises(NotAllowed):
            come_to_talk(actor=person.user, wish_id=wish.pk)
    with pytest.raises(NotAllowed):
        end_wish(actor=bo.user, wish_id=wish.pk)
    end_wish(actor=team.anna.user, wish_id=wish.pk)
    team.hard(team.kari)
    answer_debrief(actor=team.kari.user, service=team.service, step=2, wish="now", now_ms=now_ms())
    with pytest.raises(NotAllowed, match="your own wish"):
        come_to_talk(actor=team.kari.user, wish_id=TalkWish.objects.get().pk)


def test_later_stands_on_the_list_of_whoever_leads_until_it_is_done(team: Team) -> None:
    wish = _wish(team, "later")
    assert _calls(team, team.kari) == []
    kari = _client(team.kari)
    for screen in ("helpline:wall", "quality:aftercare"):
        assert "Anna Berg" in kari.get(reverse(screen)).content.decode()
    go_off_duty(actor=team.kari.user, service=team.service, give_back=False, now_ms=now_ms())
    assert TalkWish.objects.exists()
    kari.post(reverse("quality:done", args=[wish.pk]), {"from": "team"})
    assert "Nobody." in kari.get(reverse("quality:aftercare")).content.decode()


def test_nobody_rings_for_somebody_who_has_gone_home(team: Team) -> None:
    _wish(team)
    go_off_duty(actor=team.anna.user, service=team.service, give_back=True, now_ms=now_ms())
    assert TalkWish.objects.get().wish == "later"
    assert _calls(team, team.kari) == []
