"""Fetching from real IMAP servers: stored first, then let go of; killed in between, nothing is stored twice."""

import dataclasses
import threading
import time
from collections.abc import Iterator

import pytest

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.mail import actions as outgoing
from havn.mail.models import LetterOut
from havn.mailbox import collecting, imap
from havn.mailbox.actions import connecting
from havn.mailbox.actions.receiving import Taken
from havn.mailbox.models import Mailbox, MailThread
from havn.mailbox.queries.connection import place_of, troubled
from havn.mailbox.rules.reading import LONGEST
from tests.helpline.factories import Person
from tests.mail.conftest import Server
from tests.mailbox.factories import Box
from tests.mailbox.imap_servers import FOUND, PASSWORD, USER, ImapServer, serving
from tests.mailbox.mails import ADDRESS, CHILD, mail


@pytest.fixture(scope="module", params=FOUND)
def running(request: pytest.FixtureRequest) -> Iterator[ImapServer]:
    with serving(request.param) as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.empty()
    return running


def connect(box: Box, server: ImapServer, **changed: object) -> Mailbox:
    values = {"is_on": True, "host": "127.0.0.1", "port": server.port, "security": "none", "user": USER,
              "folder": "INBOX", "after": "delete", **changed}  # fmt: skip
    return connecting.change_mailbox(
        actor=box.line.people[0].user, service=box.line.service, password=PASSWORD, values=values
    )


def collect(row: Mailbox) -> list[Taken]:
    with imap.opened(place_of(row)) as line:
        return collecting.collect(row, line, now_ms=now_ms())


@pytest.mark.django_db
def test_what_lies_there_is_stored_and_then_deleted(box: Box, server: ImapServer) -> None:
    row = connect(box, server)
    server.deliver(mail("one").as_bytes(), mail("two", files=1).as_bytes())
    assert collecting.try_out(row) == 2
    assert collect(row) == [Taken.NEW, Taken.NEW]
    assert server.lying() == []
    assert MailThread.objects.count() == 2
    row.refresh_from_db()
    assert (row.trouble, row.left_lying) == ("", 0)
    assert row.looked_at_ms is not None
    assert row.last_mail_ms is not None


@pytest.mark.django_db
def test_a_thread_goes_to_and_fro_between_real_servers(
    box: Box, anna: Person, server: ImapServer, mail_server: Server
) -> None:
    """In by IMAP, out by SMTP to whoever wrote, and in again with what a program quotes of it."""
    row = connect(box, server)
    server.deliver(mail("hello", subject="Me").as_bytes())
    assert collect(row) == [Taken.NEW]
    box.answers(anna, "you are not alone")
    for letter in LetterOut.objects.order_by("queued_at"):
        assert outgoing.deliver(letter_id=letter.pk)
    receipt, answer = mail_server.received
    assert (receipt["To"], answer["To"]) == (CHILD, CHILD)
    said = str(answer.get_content()).replace("\r\n", "\n")
    quoted = "\n".join(f"> {one}" for one in said.splitlines())
    reply = mail(
        f"thank you\n\nOn Sun, Nov 29, 2026 at 3:12 PM Help <{ADDRESS}> wrote:\n\n{quoted}\n",
        to=str(answer["Reply-To"]),
        in_reply_to=str(answer["Message-ID"]),
    )
    server.deliver(reply.as_bytes())
    assert collect(row) == [Taken.AGAIN]
    assert box.texts()[1:] == ["thank you"]
    assert server.lying() == []


@pytest.mark.django_db
def test_kept_mails_are_marked_as_read_and_not_taken_again(box: Box, server: ImapServer) -> None:
    row = connect(box, server, after="keep")
    server.deliver(mail("one").as_bytes())
    assert collect(row) == [Taken.NEW]
    assert len(server.lying()) == 1
    assert collect(row) == []


@pytest.mark.django_db
def test_killed_between_storing_and_deleting_nothing_is_stored_twice(
    box: Box, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = connect(box, server)
    server.deliver(mail("one").as_bytes(), mail("two").as_bytes())

    class Killed(BaseException):
        """As kill -9 does: nothing that comes after is done."""

    def killed(_box: imap.Box, _numbers: list[int]) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(imap.Box, "let_go", killed)
        collect(row)
    assert MailThread.objects.count() == 2
    assert len(server.lying()) == 2
    assert collect(row) == [Taken.SEEN, Taken.SEEN]
    assert MailThread.objects.count() == 2
    assert server.lying() == []


@pytest.mark.django_db
def test_killed_before_storing_nothing_is_lost(box: Box, server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    row = connect(box, server)
    server.deliver(mail("one").as_bytes())
    with monkeypatch.context() as patched, pytest.raises(Refused):
        patched.setattr(collecting, "take_mails", lambda *_args, **_named: (_ for _ in ()).throw(Refused("no keys")))
        collect(row)
    assert len(server.lying()) == 1
    assert collect(row) == [Taken.NEW]


@pytest.mark.django_db
def test_of_a_large_mail_only_the_beginning_is_fetched(box: Box, server: ImapServer) -> None:
    row = connect(box, server)
    whole = mail("my words").as_bytes()
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\nFrom: kim@home.example\r\n\r\n"
    parts = b"--x\r\n\r\nmy words\r\n--x\r\nContent-Type: image/png\r\n\r\n" + b"AAAA\r\n" * (LONGEST // 5)
    server.deliver(head + parts + b"--x--\r\n", whole)
    with imap.opened(place_of(row)) as line:
        assert max(len(body) for body in line.fetch(line.waiting()).values()) == LONGEST + 1
    assert collect(row) == [Taken.NEW, Taken.NEW]
    assert sorted(thread.left_out for thread in MailThread.objects.all()) == [0, 1]
    assert server.lying() == []


@pytest.mark.django_db
def test_one_that_cannot_be_taken_stays_and_is_told(
    box: Box, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = connect(box, server)
    server.deliver(mail("good").as_bytes(), mail("bad").as_bytes())
    usual = collecting.take_mails

    def takes(service: object, raws: list[bytes], *, now_ms: int) -> list[Taken]:
        return [Taken.LEFT if b"bad" in raw else usual(service, [raw], now_ms=now_ms)[0] for raw in raws]  # type: ignore[arg-type]

    monkeypatch.setattr(collecting, "take_mails", takes)
    assert collect(row) == [Taken.NEW, Taken.LEFT]
    assert len(server.lying()) == 1
    assert [one.left_lying for one in troubled(now_ms())] == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"password": "wrong"}, "sign-in"),
        ({"password": "passør"}, "sign-in"),
        ({"user": "hjelpø"}, "sign-in"),
        ({"folder": "nowhere"}, "folder"),
        ({"host": "192.0.2.1"}, "insecure"),
        ({"password": ""}, "password"),
        ({"security": "tls"}, "no-answer"),
        ({"security": "starttls"}, "unclear"),
        ({"port": 1}, "no-answer"),
    ],
)
def test_each_trouble_has_its_words(box: Box, server: ImapServer, changed: dict[str, object], code: str) -> None:
    place = dataclasses.replace(server.place, **changed)  # type: ignore[arg-type]
    with pytest.raises(imap.Trouble) as trouble, imap.opened(place):
        pass
    assert trouble.value.code == code
    now = now_ms()
    connect(box, server)
    collecting.note_trouble(box.line.service.pk, code, now_ms=now)
    collecting.note_trouble(box.line.service.pk, code, now_ms=now + 60_000)
    assert box.row.failing_since_ms == now
    assert not troubled(now + 60_000)
    assert len(troubled(now + 11 * 60_000)) == 1


@pytest.mark.django_db
def test_a_mailbox_is_held_by_one_worker_at_a_time(box: Box, server: ImapServer) -> None:
    connect(box, server)
    service_id, now = box.line.service.pk, now_ms()
    assert collecting.hold(service_id, "one", now_ms=now)
    assert not collecting.hold(service_id, "two", now_ms=now + 60_000)
    assert collecting.hold(service_id, "one", now_ms=now + 60_000)
    assert collecting.hold(service_id, "two", now_ms=now + 240_000)
    connect(box, server, is_on=False)
    assert not collecting.hold(service_id, "two", now_ms=now + 240_000)


@pytest.mark.django_db(transaction=True)
def test_a_new_mail_is_heard_of_at_once(box: Box, server: ImapServer) -> None:
    connect(box, server)
    collector = collecting.Collector()
    collector.start()
    try:
        _until(lambda: bool(box.row.looked_at_ms))
        begun = time.monotonic()
        server.deliver(mail("quick").as_bytes())
        _until(lambda: MailThread.objects.exists())
        # Told by IDLE, long before the next look.
        assert time.monotonic() - begun < collecting.ROUND_S / 2
        _until(lambda: server.lying() == [])
    finally:
        collector.stop()
        for thread in [*collector._attending.values(), collector]:
            thread.join(10)
            assert not thread.is_alive()
    assert threading.active_count() >= 1


def _until(true: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)
