"""Whispers: who may, who reads them, and that nothing of them reaches a child, not even a number."""

import itertools
import json

import pytest
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.open_talks import Reader, my_talks, thread_of
from havn.helpline.actions.reading import read_along
from havn.helpline.beside import Aside
from havn.helpline.retention.destroy import destroy_at_once
from havn.helpline.rules import visibility
from havn.live import api as live
from havn.live.models import Beacon, Conversation, Message, Participant
from havn.supervision.actions.take_over import give_back, take_over
from havn.supervision.actions.whispers import whisper
from havn.supervision.models import Whisper
from havn.supervision.queries.asides import asides_beside
from havn.supervision.queries.shift import for_staff, shift_at
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD

ROLES = ("visitor", "counsellor", "supervisor", "colleague", "stranger")
KINDS = ("text", "event", "note", "whisper", "aside")
SEEN = {
    "visitor": {"text", "event"},
    "counsellor": set(KINDS),
    "supervisor": set(KINDS),
    "colleague": {"text", "event", "note", "aside"},
    "stranger": set[str](),
}


def _whisper(by: Person, talk: Talk, text: str = "ask about the bridge") -> Whisper:
    return whisper(actor=by.user, conversation_id=talk.id, text=text, keyring=by.keyring, now_ms=now_ms())


def _asides(person: Person, talk: Talk) -> list[Aside]:
    (line,) = my_talks(_reader(person), talk.line.service)
    return thread_of(_reader(person), line).asides


def _reader(person: Person) -> Reader:
    return Reader(person.user, person.keyring, b"session", "en")


@pytest.mark.parametrize(("role", "kind"), list(itertools.product(ROLES, KINDS)))
def test_the_matrix_of_roles_and_kinds(role: str, kind: str) -> None:
    assert visibility.may_see(viewer_role=role, kind=kind) is (kind in SEEN[role])


@pytest.mark.parametrize("role", ["supervisor", "colleague"])
def test_who_reads_along_never_writes_to_the_child(role: str) -> None:
    assert visibility.why_not_post(viewer_role=role, kind="text", state="open") == "role"
    assert visibility.why_not_post(viewer_role=role, kind="note", state="open") is None
    assert visibility.why_not_post(viewer_role=role, kind="whisper", state="open") == "kind"


def test_a_whisper_stands_in_the_counsellors_thread_and_in_the_writers(talk: Talk) -> None:
    talk.kari_reads()
    _whisper(talk.kari, talk)
    (hers,) = _asides(talk.anna, talk)
    assert (hers.text, hers.kind, hers.who, hers.mine) == ("ask about the bridge", "whisper", "Kari Coordinator", False)
    (own,) = _asides(talk.kari, talk)
    assert own.mine
    assert for_staff(shift_at(talk.line.service.pk), talk.anna.pk)["whispers"] == {str(talk.id): 1}
    assert for_staff(shift_at(talk.line.service.pk), talk.kari.pk)["whispers"] == {}


def test_the_child_can_neither_see_nor_count_it(talk: Talk) -> None:
    talk.kari_reads()
    viewer = live.Viewer(talk.child.participant_id, "visitor")
    before = (
        Conversation.objects.get(pk=talk.id).last_seq,
        Conversation.objects.get(pk=talk.id).last_at_ms,
        Message.objects.filter(conversation_id=talk.id).count(),
        list(Beacon.objects.filter(topic=f"conversation:{talk.id}").values_list("version", flat=True)),
        [one.seq for one in live.messages(conversation_id=talk.id, key=talk.child.key, viewer=viewer)],
        list(Participant.objects.filter(conversation_id=talk.id).order_by("pk").values_list("pk", "read_up_to")),
    )
    _whisper(talk.kari, talk)
    _whisper(talk.kari, talk, "and take your time")
    after = (
        Conversation.objects.get(pk=talk.id).last_seq,
        Conversation.objects.get(pk=talk.id).last_at_ms,
        Message.objects.filter(conversation_id=talk.id).count(),
        list(Beacon.objects.filter(topic=f"conversation:{talk.id}").values_list("version", flat=True)),
        [one.seq for one in live.messages(conversation_id=talk.id, key=talk.child.key, viewer=viewer)],
        list(Participant.objects.filter(conversation_id=talk.id).order_by("pk").values_list("pk", "read_up_to")),
    )
    assert before == after
    assert asides_beside(talk.child.turn, talk.child.key, viewer) == []
    talk.child.says("still here")
    seqs = [one.seq for one in live.messages(conversation_id=talk.id, key=talk.child.key, viewer=viewer)]
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


def test_it_is_sealed_and_the_trail_holds_no_word_and_no_talk(talk: Talk) -> None:
    talk.kari_reads()
    said = _whisper(talk.kari, talk)
    assert b"bridge" not in bytes(said.sealed)
    entry = Entry.objects.get(action="supervision.whispered")
    assert (entry.actor_id, entry.subject) == (talk.kari.pk, "")
    assert "bridge" not in json.dumps(for_staff(shift_at(talk.line.service.pk), talk.anna.pk))


def test_only_a_supervisor_who_reads_along_whispers(talk: Talk) -> None:
    with pytest.raises(NotAllowed, match="Read the talk along"):
        _whisper(talk.kari, talk)
    with pytest.raises(NotAllowed):
        _whisper(talk.line.counsellor(), talk)
    with pytest.raises(NotAllowed):
        _whisper(talk.anna, talk)


@pytest.mark.parametrize(("text", "why"), [("   ", "nothing to send"), ("x" * 1001, "short")])
def test_a_whisper_is_short_and_not_empty(talk: Talk, text: str, why: str) -> None:
    talk.kari_reads()
    with pytest.raises(Refused, match=why):
        _whisper(talk.kari, talk, text)


def test_after_the_end_there_is_nobody_to_whisper_to(talk: Talk) -> None:
    talk.kari_reads()
    end_talk(actor=talk.anna.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    with pytest.raises(Refused, match="already ended"):
        _whisper(talk.kari, talk)


def test_it_is_destroyed_with_the_talk(talk: Talk) -> None:
    talk.kari_reads()
    _whisper(talk.kari, talk)
    destroy_at_once([talk.id])
    assert not Whisper.objects.exists()


def test_it_is_pressed_on_the_desk_and_shown_there(talk: Talk) -> None:
    talk.kari_reads()
    lead = signed_in_client(talk.kari.user, password=PASSWORD)
    desk = f"{reverse('helpline:desk')}?service={talk.line.service.pk}&talk={talk.id}"
    assert "Whisper to the counsellor" in lead.get(desk).content.decode()
    address = reverse("supervision:whisper", args=[talk.id])
    answer = lead.post(address, {"text": "ask about the bridge"}, headers={"accept": "application/json"})
    assert str(talk.id) in answer.json()["to"]
    page = signed_in_client(talk.anna.user, password=PASSWORD).get(desk).content.decode()
    assert 'data-kind="whisper"' in page
    assert "ask about the bridge" in page
    assert "Whisper to the counsellor" not in page
    refused = lead.post(address, {"text": " "}, headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["sentence"]) == (409, "There is nothing to send yet.")


def test_a_whisper_is_for_the_counsellor_of_that_moment(talk: Talk) -> None:
    talk.kari_reads()
    _whisper(talk.kari, talk)
    cy = talk.line.counsellor()
    talk.hand_over(cy)
    assert _asides(cy, talk) == []
    assert for_staff(shift_at(talk.line.service.pk), cy.pk)["whispers"] == {}
    assert for_staff(shift_at(talk.line.service.pk), talk.anna.pk)["whispers"] == {}
    _whisper(talk.kari, talk, "and to you")
    assert [one.text for one in _asides(cy, talk)] == ["and to you"]
    assert [one.text for one in _asides(talk.kari, talk)] == ["ask about the bridge", "and to you"]
    assert for_staff(shift_at(talk.line.service.pk), cy.pk)["whispers"] == {str(talk.id): 1}


def test_given_back_the_counsellor_reads_nothing_said_to_the_supervisor(talk: Talk) -> None:
    talk.kari_reads()
    _whisper(talk.kari, talk)
    take_over(
        actor=talk.kari.user,
        conversation_id=talk.id,
        from_id=talk.anna.pk,
        reason="why",
        keyring=talk.kari.keyring,
        now_ms=now_ms(),
    )
    per = talk.line.member("supervisor", name="Per Lead")
    read_along(actor=per.user, conversation_id=talk.id, keyring=per.keyring, now_ms=now_ms())
    _whisper(per, talk, "Anna is worn out")
    assert [one.text for one in _asides(talk.kari, talk)] == ["ask about the bridge", "Anna is worn out"]
    give_back(actor=talk.kari.user, conversation_id=talk.id, keyring=talk.kari.keyring, now_ms=now_ms())
    assert [one.text for one in _asides(talk.anna, talk)] == ["ask about the bridge"]


def test_one_without_an_addressee_is_read_by_supervisors_only(talk: Talk) -> None:
    talk.kari_reads()
    _whisper(talk.kari, talk)
    Whisper.objects.update(to=None)
    assert _asides(talk.anna, talk) == []
    assert len(_asides(talk.kari, talk)) == 1
    assert asides_beside(talk.child.turn, talk.child.key, live.Viewer(0, "counsellor")) == []
