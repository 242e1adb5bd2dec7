"""Taking over and giving back: seats, what the child is told, who reads on, the reason sealed."""

import pytest
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.open_talks import Reader, my_talks, thread_of
from havn.helpline.actions.reading import key_to_read, read_along
from havn.helpline.models import Duty
from havn.helpline.queries.queue import snapshot
from havn.live import api as live
from havn.live.models import Participant
from havn.supervision.actions.take_over import give_back, take_over
from havn.supervision.models import TakeOver
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD


def _take_over(
    by: Person, talk: Talk, reason: str = "the bridge again", *, from_whom: Person | None = None
) -> TakeOver:
    return take_over(
        actor=by.user,
        conversation_id=talk.id,
        from_id=(from_whom or talk.anna).pk,
        reason=reason,
        keyring=by.keyring,
        now_ms=now_ms(),
    )


def _give_back(by: Person, talk: Talk) -> None:
    give_back(actor=by.user, conversation_id=talk.id, keyring=by.keyring, now_ms=now_ms())


def _role(person: Person, talk: Talk) -> str | None:
    parts = Participant.objects.filter(conversation_id=talk.id, user=person.user, left_at_ms__isnull=True)
    return parts.values_list("role", flat=True).first()


def _seats(talk: Talk) -> dict[int, int]:
    return {person.user_id: person.open_talks for person in snapshot(talk.line.service.pk).people}


def test_the_supervisor_goes_on_and_the_counsellor_reads_in_silence(talk: Talk) -> None:
    talk.kari_reads()
    taken = _take_over(talk.kari, talk)
    assert talk.child.turn.counsellor_id == talk.kari.pk
    assert talk.child.events() == ["joined", "handed-over"]
    assert (_role(talk.kari, talk), _role(talk.anna, talk)) == ("counsellor", "colleague")
    assert _seats(talk) == {talk.anna.pk: 0, talk.kari.pk: 1}
    assert b"bridge" not in bytes(taken.reason_sealed)
    entry = Entry.objects.get(action="supervision.taken_over")
    assert (entry.actor_id, entry.subject) == (talk.kari.pk, "")
    assert key_to_read(actor=talk.anna.user, turn=talk.child.turn, keyring=talk.anna.keyring, session="s")
    (line,) = my_talks(Reader(talk.anna.user, talk.anna.keyring, b"s", "en"), talk.line.service)
    thread = thread_of(Reader(talk.anna.user, talk.anna.keyring, b"s", "en"), line)
    assert (line.reading_along, thread.mine) == (True, False)
    assert "there is a lighthouse" in [one.text for one in thread.messages]


def test_given_back_the_seats_are_as_before(talk: Talk) -> None:
    talk.kari_reads()
    _take_over(talk.kari, talk)
    _give_back(talk.kari, talk)
    assert talk.child.turn.counsellor_id == talk.anna.pk
    assert (_role(talk.kari, talk), _role(talk.anna, talk)) == ("supervisor", "counsellor")
    assert _seats(talk) == {talk.anna.pk: 1, talk.kari.pk: 0}
    assert not TakeOver.objects.filter(ended_at_ms__isnull=True).exists()
    with pytest.raises(Refused, match="not taken over"):
        _give_back(talk.kari, talk)
    _take_over(talk.kari, talk, "once more")
    assert TakeOver.objects.count() == 2


def test_nobody_takes_over_unread_off_duty_or_without_a_reason(talk: Talk) -> None:
    with pytest.raises(NotAllowed, match="Read the talk along"):
        _take_over(talk.kari, talk)
    talk.kari_reads()
    with pytest.raises(Refused, match="Say why"):
        _take_over(talk.kari, talk, "  ")
    go_off_duty(actor=talk.kari.user, service=talk.line.service, give_back=False, now_ms=now_ms())
    with pytest.raises(Refused, match="Go on duty"):
        _take_over(talk.kari, talk)
    with pytest.raises(NotAllowed):
        _take_over(talk.line.counsellor(), talk)
    assert talk.child.turn.counsellor_id == talk.anna.pk


def test_full_seats_take_no_further_talk(talk: Talk) -> None:
    talk.line.set(seats_most=1)
    talk.line.on_duty(talk.kari, role="supervisor", seats=1)
    talk.line.child()
    talk.line.take(talk.kari)
    talk.kari_reads()
    with pytest.raises(Refused, match="seats are full"):
        _take_over(talk.kari, talk)


def test_it_is_given_back_only_to_somebody_who_is_there_with_a_free_seat(talk: Talk) -> None:
    talk.line.set(seats_most=1)
    talk.kari_reads()
    _take_over(talk.kari, talk)
    other = talk.line.child()
    talk.line.take(talk.anna)
    with pytest.raises(Refused, match="colleague's seats are full"):
        _give_back(talk.kari, talk)
    end_talk(actor=talk.anna.user, conversation_id=other.conversation_id, key=other.key, now_ms=now_ms())
    Duty.objects.filter(user=talk.anna.user).update(alive_until_ms=0)
    with pytest.raises(Refused, match="not on duty"):
        _give_back(talk.kari, talk)


def test_only_who_took_it_gives_it_back(talk: Talk) -> None:
    talk.kari_reads()
    _take_over(talk.kari, talk)
    with pytest.raises(NotAllowed):
        _give_back(talk.anna, talk)


def test_at_the_end_of_the_talk_the_silent_reading_ends(talk: Talk) -> None:
    talk.kari_reads()
    _take_over(talk.kari, talk)
    end_talk(actor=talk.kari.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    assert _role(talk.anna, talk) is None
    assert not TakeOver.objects.filter(ended_at_ms__isnull=True).exists()


def test_the_counsellor_may_stop_reading(talk: Talk) -> None:
    talk.kari_reads()
    _take_over(talk.kari, talk)
    signed_in_client(talk.anna.user, password=PASSWORD).post(reverse("helpline:stop_reading", args=[talk.id]))
    assert _role(talk.anna, talk) is None
    _give_back(talk.kari, talk)
    assert _role(talk.anna, talk) == "counsellor"


def test_the_page_asks_before_it_takes_over_and_keeps_what_was_written(talk: Talk) -> None:
    talk.kari_reads()
    lead, address = (
        signed_in_client(talk.kari.user, password=PASSWORD),
        reverse("supervision:take_over", args=[talk.id]),
    )
    page = lead.get(address).content.decode()
    assert "not Anna Berg" in page
    assert talk.child.turn.counsellor_id == talk.anna.pk
    assert f'name="from" value="{talk.anna.pk}"' in page
    assert lead.post(address, {"reason": " ", "from": talk.anna.pk}).status_code == 409
    assert lead.post(address, {"reason": "the bridge again"}).status_code == 409
    assert lead.post(address, {"reason": "the bridge again", "from": talk.anna.pk}).status_code == 302
    desk = f"{reverse('helpline:desk')}?talk={talk.id}"
    shown = signed_in_client(talk.anna.user, password=PASSWORD).get(desk).content.decode()
    assert "Kari Coordinator goes on with this talk." in shown
    assert "the bridge again" in shown
    assert "Give back to Anna Berg" in lead.get(desk).content.decode()


def test_what_somebody_wrote_stays_theirs_through_both_changes(talk: Talk) -> None:
    reader = Reader(talk.anna.user, talk.anna.keyring, b"s", "en")
    part = Participant.objects.get(user=talk.anna.user, left_at_ms__isnull=True)
    live.append(
        conversation_id=talk.id, key=talk.child.key, author="staff", kind="text", text="hi", participant_id=part.pk
    )
    talk.kari_reads()
    _take_over(talk.kari, talk)
    _give_back(talk.kari, talk)
    (line,) = my_talks(reader, talk.line.service)
    assert [one.mine for one in thread_of(reader, line).messages if one.text == "hi"] == [True]


def test_a_page_that_names_another_counsellor_takes_nothing_over(talk: Talk) -> None:
    per = talk.line.on_duty(talk.line.member("supervisor", name="Per Lead"), role="supervisor", seats=1)
    talk.kari_reads()
    read_along(actor=per.user, conversation_id=talk.id, keyring=per.keyring, now_ms=now_ms())
    _take_over(talk.kari, talk)
    with pytest.raises(Refused, match="somebody else now"):
        _take_over(per, talk)
    assert talk.child.turn.counsellor_id == talk.kari.pk
    _take_over(per, talk, from_whom=talk.kari)
    assert (_role(talk.anna, talk), _role(talk.kari, talk)) == ("colleague", "colleague")
    end_talk(actor=per.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    assert (_role(talk.anna, talk), _role(talk.kari, talk)) == (None, None)


def test_nobody_gets_a_talk_behind_a_locked_desk(talk: Talk) -> None:
    talk.kari_reads()
    _take_over(talk.kari, talk)
    Duty.objects.filter(user=talk.anna.user).update(locked_at_ms=now_ms())
    with pytest.raises(Refused, match="not on duty"):
        _give_back(talk.kari, talk)
