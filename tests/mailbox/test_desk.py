"""The settings, a letter's page, the address behind a press, "Not for us", and the child's choice."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Contact
from havn.live import api as live
from havn.mailbox.actions import connecting, letters_at_hand
from havn.mailbox.models import HookSecret, Mailbox
from havn.mailbox.parts import below_the_letter
from havn.mailbox.sealing import password_of
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Line, Person
from tests.mailbox.factories import Box
from tests.mailbox.mails import ADDRESS, CHILD, mail
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db
MAILBOX = {
    "host": "imap.centre.example",
    "port": 993,
    "security": "tls",
    "user": "help",
    "folder": "INBOX",
    "after": "delete",
}


def browser_of(person: Person) -> Client:
    person.user.language = "en"
    person.user.save()
    return signed_in_client(person.user, password=PASSWORD)


@pytest.fixture
def lead(line: Line) -> Client:
    return browser_of(line.people[0])


def test_the_settings_are_set_and_the_password_is_sealed_and_never_shown(line: Line, lead: Client) -> None:
    page = reverse("mailbox:settings")
    assert "No e-mail has come in yet." in lead.get(page).content.decode()
    lead.post(page, {"service": line.service.pk, "address": ADDRESS, "separator": "+", "receipts_a_day": 3})
    lead.post(
        reverse("mailbox:connect"), {"service": line.service.pk, "is_on": "on", "password": "pass word", **MAILBOX}
    )
    box = Mailbox.objects.get()
    assert (box.address, box.receipts_a_day, box.is_on, box.host) == (ADDRESS, 3, True, "imap.centre.example")
    assert password_of(box) == "pass word"
    assert b"pass word" not in bytes(box.password_sealed)
    assert "pass word" not in lead.get(page).content.decode()
    # An empty password leaves the one there is; another server asks for it.
    lead.post(
        reverse("mailbox:connect"),
        {"service": line.service.pk, "is_on": "on", "password": "", **MAILBOX, "folder": "Help"},
    )
    box.refresh_from_db()
    assert (box.folder, password_of(box)) == ("Help", "pass word")
    lead.post(
        reverse("mailbox:connect"), {"service": line.service.pk, "password": "", **MAILBOX, "host": "evil.example"}
    )
    box.refresh_from_db()
    assert box.host == "imap.centre.example"
    trail = "".join(str(vars(entry)) for entry in Entry.objects.all())
    assert "mailbox.connection.changed" in trail
    assert "imap.centre" not in trail
    assert ADDRESS not in trail


@pytest.mark.parametrize(
    "changed",
    [
        {"security": "none"},
        {"host": ""},
        {"user": ""},
        {"port": 0},
        {"folder": "a\x00b"},
        {"after": "burn"},
        {"user": "hjælp"},
        {"password": "passør"},
    ],
)
def test_settings_that_could_not_work_come_back(box: Box, lead: Client, changed: dict[str, object]) -> None:
    posted = {"service": box.line.service.pk, "is_on": "on", "password": "x", **MAILBOX, **changed}
    answer = lead.post(reverse("mailbox:connect"), posted)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode() or "security" in changed or "after" in changed
    assert not box.row.host


def test_each_helpline_has_an_address_of_its_own(box: Box, line: Line) -> None:
    from tests.helpline.factories import make_line

    other = make_line(centre_fields={"host": None})
    with pytest.raises(Refused):
        connecting.change_address(
            actor=other.people[0].user,
            service=other.service,
            address=ADDRESS.upper(),
            separator="+",
            receipts_a_day=1,
            site="",
        )


def test_a_secret_is_shown_once_and_only_coordinators_set_anything(box: Box, lead: Client, anna: Person) -> None:
    answer = lead.post(reverse("mailbox:make_secret"), {"service": box.line.service.pk})
    shown = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode())
    assert shown is not None
    assert answer.headers["Cache-Control"] == "no-store"
    assert "whsec_" not in lead.get(reverse("mailbox:settings")).content.decode()
    for _ in range(4):
        lead.post(reverse("mailbox:make_secret"), {"service": box.line.service.pk})
    assert HookSecret.objects.count() == 3
    number = HookSecret.objects.values_list("pk", flat=True)[0]
    lead.post(reverse("mailbox:remove_secret", args=[number]), {"service": box.line.service.pk})
    assert HookSecret.objects.count() == 2
    with pytest.raises(NotAllowed):
        connecting.make_secret(actor=anna.user, service=box.line.service)
    assert browser_of(anna).get(reverse("mailbox:settings")).status_code == 403


def test_trying_the_mailbox_says_what_is_wrong(box: Box, lead: Client) -> None:
    Mailbox.objects.filter(pk=box.line.service.pk).update(host="192.0.2.1", security="none")
    answer = lead.post(reverse("mailbox:test"), {"service": box.line.service.pk}, follow=True)
    assert "only a mail server on this machine is asked" in answer.content.decode()


def test_the_letters_page_says_how_it_came_and_the_address_only_when_asked(box: Box, anna: Person) -> None:
    box.takes(mail("hello", files=1))
    box.take(anna)
    browser = browser_of(anna)
    page = browser.get(reverse("letterbox:letter", args=[box.thread().pk])).content.decode()
    for words in ("It came by e-mail", "Your answer goes out as an e-mail", "1 file came with it", "hello"):
        assert words in page
    assert CHILD not in page
    assert "E-mail" in browser.get(reverse("letterbox:letters")).content.decode()
    answer = browser.post(reverse("mailbox:show_address", args=[box.thread().pk]))
    assert CHILD in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    entry = Entry.objects.get(action="mailbox.address.shown")
    assert (entry.actor_id, entry.subject) == (anna.pk, f"conversation:{box.thread().pk}")
    assert browser.get(reverse("mailbox:show_address", args=[box.thread().pk])).status_code == 405


def test_only_who_has_the_letter_sees_its_address(box: Box, anna: Person, line: Line) -> None:
    box.takes(mail("hello"))
    box.take(anna)
    other = line.member(Role.COUNSELLOR)
    assert browser_of(other).post(reverse("mailbox:show_address", args=[box.thread().pk])).status_code == 403
    assert not Entry.objects.filter(action="mailbox.address.shown").exists()


def test_what_is_no_letter_is_put_away_with_one_press(box: Box, anna: Person) -> None:
    box.takes(mail("buy now"))
    box.take(anna)
    browser = browser_of(anna)
    pk = box.thread().pk
    browser.post(reverse("mailbox:put_away", args=[pk]), {"press": "nonsense"})
    assert box.turn().state == "talking"
    browser.post(reverse("mailbox:put_away", args=[pk]), {"press": "astray"})
    assert box.turn().state == "ended"
    contact = Contact.objects.get()
    assert (contact.channel, contact.result, contact.outcome) == ("mail", "answered", "wrong-place")
    with pytest.raises(Refused):
        letters_at_hand.put_away(actor=anna.user, conversation_id=pk, press="test", key=box.key(), now_ms=1)


def test_the_child_chooses_below_the_letter(box: Box) -> None:
    box.takes(mail("hello"))
    from tests.mailbox.factories import outbox

    code = re.search(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", outbox()[0].text)
    assert code is not None
    opened = live.open_with_code(code[0], centre_id=box.line.service.organisation.centre_id)
    assert opened is not None
    assert below_the_letter(opened.visitor, False) == {"wish": "whole"}
    client = Client()
    from django.conf import settings

    client.cookies[settings.VISITOR_COOKIE_NAME] = opened.token
    page = client.get("/en/letter/read").content.decode()
    for words in ("Our answers by e-mail", "We send you our answers.", "Send me no e-mails", "hello"):
        assert words in page
