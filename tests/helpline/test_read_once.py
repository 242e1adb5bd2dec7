"""One read entry for a person, a talk and a duty, whichever screen shows the words first; none shown without it."""

import asyncio

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from havn.audit import api as audit
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.open_talks import Reader, offers_to
from havn.helpline.actions.transfers import accept_transfer, decline_transfer, offer_transfer
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Line, Person, make_line
from tests.live.rig import running
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def _reads(person: Person) -> list[str]:
    found = Entry.objects.filter(action="conversation.read", actor_id=person.pk).order_by("seq")
    return list(found.values_list("subject", flat=True))


def _streamed(client: Client, words: str) -> None:
    """Open the desk's stream as its script does, until it has shown the words."""
    names = (settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME)
    cookies = {name: client.cookies[name].value for name in names}

    async def story() -> None:
        async with running() as rig:
            stream = await rig.open("/live/desk/stream", cookies)
            await stream.until("message")
            assert words in stream.texts
            await stream.drop()

    asyncio.run(story())


def _taken(line: Line, person: Person, client: Client) -> Child:
    child = line.child()
    child.says("there is a lighthouse")
    assert client.post(reverse("helpline:take_next"), {"service": line.service.pk}).status_code == 302
    return child


def test_next_then_the_stream_then_the_desk_is_one_entry_and_a_new_duty_is_another(line: Line) -> None:
    anna = line.counsellor()
    client = signed_in_client(anna.user, password=PASSWORD)
    child = _taken(line, anna, client)
    _streamed(client, "there is a lighthouse")
    assert "lighthouse" in client.get(reverse("helpline:desk")).content.decode()
    _streamed(client, "there is a lighthouse")
    named = f"conversation:{child.conversation_id}"
    assert _reads(anna) == [named]
    go_off_duty(actor=anna.user, service=line.service, give_back=True, now_ms=now_ms())
    line.on_duty(anna)
    _streamed(client, "there is a lighthouse")
    assert "lighthouse" in client.get(reverse("helpline:desk")).content.decode()
    assert _reads(anna) == [named, named]


def test_a_reader_who_is_not_on_duty_has_one_entry_for_the_sign_in(line: Line) -> None:
    anna = line.counsellor()
    child = _taken(line, anna, signed_in_client(anna.user, password=PASSWORD))
    lead = line.people[0]
    client = signed_in_client(lead.user, password=PASSWORD)
    client.post(reverse("helpline:read_along", args=[child.conversation_id]))
    assert "lighthouse" in client.get(reverse("helpline:desk")).content.decode()
    _streamed(client, "there is a lighthouse")
    assert len(_reads(lead)) == 1


def _offered(line: Line) -> tuple[Person, Person, Child]:
    anna, bo = line.counsellor(), line.counsellor()
    child = line.child()
    line.take(anna)
    offer_transfer(
        actor=anna.user,
        conversation_id=child.conversation_id,
        to=bo.user,
        reason="She is from the north",
        keyring=anna.keyring,
        now_ms=now_ms(),
    )
    return anna, bo, child


def _offers(person: Person, line: Line) -> list[str]:
    reader = Reader(person.user, person.keyring, b"session", "en")
    return [offer["reason"] for offer in offers_to(reader, line.service)]


def test_why_a_talk_is_offered_is_read_on_the_trail_and_once_with_the_talk(line: Line) -> None:
    _anna, bo, child = _offered(line)
    for _ in range(2):
        assert _offers(bo, line) == ["She is from the north"]
    assert _reads(bo) == [f"conversation:{child.conversation_id}"]
    client = signed_in_client(bo.user, password=PASSWORD)
    accept_transfer(actor=bo.user, conversation_id=child.conversation_id, keyring=bo.keyring, now_ms=now_ms())
    assert client.get(reverse("helpline:desk")).status_code == 200
    assert len(_reads(bo)) == 1


def test_why_a_talk_is_offered_is_not_shown_when_the_trail_cannot_be_written(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    _anna, bo, _child = _offered(line)

    def full(**_fields: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record_read", full)
    with pytest.raises(OSError, match="disk full"):
        _offers(bo, line)


def test_a_declined_offer_shows_and_records_nothing(line: Line) -> None:
    _anna, bo, child = _offered(line)
    decline_transfer(actor=bo.user, conversation_id=child.conversation_id)
    assert _offers(bo, line) == []
    assert _reads(bo) == []
