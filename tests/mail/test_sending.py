"""What is queued reaches a real mail server, once, and leaves nothing behind."""

import datetime as dt
import logging
import socket
from typing import Any

import pytest
from django.db import connection, transaction

from havn.accounts.hooks import SecretDoesNotOpen
from havn.common import clock
from havn.mail import actions, sealing, tasks
from havn.mail.api import send
from havn.mail.models import LetterOut
from havn.tasks.api import run_due
from havn.tasks.models import QueuedTask
from havn.tenancy.models import Centre
from tests.mail.conftest import Server

pytestmark = pytest.mark.django_db
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def write(centre: Centre, **changes: Any) -> None:
    values = {"to": "kari@example.org", "subject": "Your place", "text": "Hei Kari,\n\ndu har fått plass.\n"}
    send(**{"centre": centre, "kind": "events.confirmed", **values, **changes})  # type: ignore[arg-type]


def later(monkeypatch: pytest.MonkeyPatch, **away: float) -> None:
    moment = clock.now() + dt.timedelta(**away)
    for module in (actions, tasks):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_a_letter_reaches_the_mail_server_and_its_row_is_destroyed(centre: Centre, mail_server: Server) -> None:
    write(centre, calendar=ICS)
    assert run_due() == 1
    (letter,) = mail_server.received
    assert letter["To"] == "kari@example.org"
    assert letter["Subject"] == "Your place"
    assert letter["From"] == "Trygg på nett <havn@centre.example>"
    body, calendar = letter.iter_parts()
    assert body.get_content_type() == "text/plain"
    assert "du har fått plass" in body.get_content()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_content().splitlines() == ICS.decode().splitlines()
    assert not LetterOut.objects.exists()


def test_the_headers_say_that_a_machine_wrote_and_do_not_name_it(centre: Centre, mail_server: Server) -> None:
    write(centre)
    run_due()
    (letter,) = mail_server.received
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@centre.example>")
    assert socket.gethostname() not in str(letter.items())
    assert letter.get_content_type() == "text/plain"
    known = {"content-type", "content-transfer-encoding", "mime-version", "subject", "from", "to", "date"}
    assert {name.lower() for name in letter} <= known | {
        "message-id",
        "auto-submitted",
        "x-peer",
        "x-mailfrom",
        "x-rcptto",
    }


def test_a_letter_stands_or_falls_with_the_transaction_of_the_caller(centre: Centre, mail_server: Server) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(centre)
        _ = 1 / 0
    assert run_due() == 0
    assert not LetterOut.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "kari@example.org\nBcc: all@example.org"},
        {"to": "kari@example.org, ola@example.org"},
        {"to": "kari"},
        {"to": ""},
        {"subject": "Hi\r\nBcc: all@example.org"},
        {"subject": "Hi\x00"},
        {"subject": " "},
        {"subject": "x" * 500},
        {"kind": "Kari has a place"},
    ],
)
def test_what_could_smuggle_in_a_header_is_refused_without_being_repeated(
    centre: Centre, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="letter") as refused:
        write(centre, **changes)
    assert "kari" not in str(refused.value).lower()
    assert not LetterOut.objects.exists()


def test_neither_the_database_nor_a_task_nor_the_log_holds_a_word_of_it(
    centre: Centre, mail_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    write(centre)
    mail_server.answers = ["451 kari@example.org is greylisted"]
    with caplog.at_level(logging.DEBUG, "havn"):
        run_due()
    with connection.cursor() as cursor:
        stored = []
        for table in (LetterOut._meta.db_table, QueuedTask._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            stored += [bytes(x) if isinstance(x, memoryview) else x for row in cursor.fetchall() for x in row]
    everything = repr(stored) + caplog.text
    assert "SMTPRecipientsRefused" in caplog.text
    for word in ("kari", "example.org", "Your place", "plass"):
        assert word not in everything


def test_a_sealed_letter_opens_for_its_own_row_only(centre: Centre) -> None:
    write(centre)
    row = LetterOut.objects.get()
    assert sealing.unseal(row.pk, row.sealed or b"").to == "kari@example.org"
    with pytest.raises(SecretDoesNotOpen):
        sealing.unseal(row.pk + 1, row.sealed or b"")


def test_a_letter_that_fails_is_tried_again_with_the_same_message_id(
    centre: Centre, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(centre)
    mail_server.answers = ["451 later"]
    run_due()
    row = LetterOut.objects.get()
    assert row.tries == 1
    assert tasks.send_due.call() == 0, "not before a minute has passed"
    later(monkeypatch, seconds=70)
    assert tasks.send_due.call() == 1
    assert mail_server.received[0]["Message-ID"].startswith(f"<{row.pk:x}.")
    assert not LetterOut.objects.exists()


def test_a_letter_taken_by_one_worker_is_left_alone_by_another(centre: Centre, mail_server: Server) -> None:
    write(centre)
    row = LetterOut.objects.get()
    LetterOut.objects.update(next_try_at=clock.now() + dt.timedelta(minutes=10))
    assert actions.deliver(letter_id=row.pk) is False
    assert not mail_server.received


def test_a_letter_is_taken_back_unless_a_worker_is_sending_it(
    centre: Centre, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(centre)
    number, tried = LetterOut.objects.get().pk, []

    def sent(letter: LetterOut) -> None:
        tried.append(actions.take_back(letter.pk))
        raise OSError

    monkeypatch.setattr(actions, "_message", sent)
    run_due()
    assert (tried, LetterOut.objects.get().tries) == ([False], 1)
    assert actions.take_back(number)
    assert not LetterOut.objects.exists()


def test_a_server_that_cannot_be_reached_costs_no_letter(
    centre: Centre, mail_server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    write(centre)
    run_due()
    assert LetterOut.objects.get().state == "waiting"
    settings.EMAIL_PORT = port
    later(monkeypatch, minutes=2)
    assert tasks.send_due.call() == 1


def test_an_address_that_the_server_refuses_for_good_is_given_up_at_once(centre: Centre, mail_server: Server) -> None:
    write(centre)
    mail_server.answers = ["550 no such mailbox"]
    run_due()
    row = LetterOut.objects.get()
    assert (row.state, row.sealed) == ("given-up", None)


def test_a_letter_is_given_up_after_three_days_and_its_content_destroyed(
    centre: Centre, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(centre)
    mail_server.answers = ["451 later"]
    run_due()
    later(monkeypatch, days=3, minutes=1)
    mail_server.answers = ["451 later"]
    assert tasks.send_due.call() == 0
    row = LetterOut.objects.get()
    assert (row.state, row.sealed, row.tries) == ("given-up", None, 2)


def test_where_no_server_is_set_up_letters_wait_fourteen_days_and_are_destroyed(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(centre)
    run_due()
    assert LetterOut.objects.get().tries == 0
    later(monkeypatch, days=13)
    assert tasks.forget.call() == 0
    later(monkeypatch, days=14)
    assert tasks.forget.call() == 1
    assert LetterOut.objects.get().sealed is None
    later(monkeypatch, days=45)
    assert tasks.forget.call() == 1
    assert not LetterOut.objects.exists()


def test_in_a_demonstration_nothing_leaves_the_machine(
    centre: Centre, mail_server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    write(centre)
    assert run_due() == 0
    LetterOut.objects.update(state="waiting", next_try_at=clock.now())
    assert tasks.send_due.call() == 0
    assert not mail_server.received
    assert LetterOut.objects.get().state == "kept"
    later(monkeypatch, days=8)
    assert tasks.forget.call() == 1
    assert not LetterOut.objects.exists()
