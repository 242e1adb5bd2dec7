"""A child's e-mail comes in by IMAP, is answered on its letter's page, and the answer joins its thread."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import go_on_duty
from tests.mailbox.imap_servers import PASSWORD, USER, ImapServer, serving
from tests.mailbox.mails import mail
from tests.server import Server

WORDS = "I sent a picture to a boy and now he wants more. I am so scared."
ANSWER = "It is not your fault, and you are not alone with it."
AGAIN = "thank you. i told my aunt"


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with serving("pymap") as server:
        yield server


def _connect(lead: Page, url: str, imap: ImapServer, axe: Callable[..., None]) -> str:
    """The coordinator joins the helpline to its mailbox. Returns the helpline's address."""
    lead.goto(f"{url}/en/desk/mail/settings")
    lead.fill("[name=address]", "hjelp@centre.example")
    lead.locator("form", has=lead.locator("[name=address]")).get_by_role("button", name="Save").click()
    expect(lead.get_by_role("status").first).to_contain_text("Saved")
    for name, value in (("host", "127.0.0.1"), ("port", str(imap.port)), ("user", USER), ("password", PASSWORD)):
        lead.fill(f"[name={name}]", value)
    lead.select_option("[name=security]", "none")
    lead.check("[name=is_on]")
    lead.locator("form", has=lead.locator("[name=host]")).get_by_role("button", name="Save").click()
    expect(lead.get_by_role("status").first).to_contain_text("Saved")
    lead.get_by_role("button", name="Try the mailbox").click()
    expect(lead.get_by_text("The mailbox answers.")).to_be_visible()
    axe(lead)
    return "hjelp@centre.example"


def _sent(lead: Page, url: str, words: str) -> str:
    """The e-mail in the demo's outbox that says this."""
    lead.goto(f"{url}/en/desk/outbox")
    return lead.locator(".letter-out", has_text=words).first.inner_text()


def test_an_email_is_answered_and_its_answer_joins_the_thread(
    staff_page: Callable[..., Page],
    new_page: Callable[..., Page],
    havn_server: Server,
    imap: ImapServer,
    axe: Callable[..., None],
) -> None:
    url = havn_server.url
    lead = staff_page("coordinator")
    address = _connect(lead, url, imap, axe)
    imap.deliver(mail(WORDS, to=address, subject="scared", files=1).as_bytes())

    desk = staff_page("counsellor")
    go_on_duty(desk, url)
    row = desk.locator(".letters-row", has_text="E-mail").last
    for _ in range(60):
        desk.goto(f"{url}/en/desk/letters?state=waiting&language=en")
        if desk.locator(".letters-row", has_text="E-mail").count() and not imap.lying():
            break
        desk.wait_for_timeout(500)
    row.get_by_role("button", name="Take it").click()
    desk.wait_for_url("**/desk/letters/*")
    expect(desk.get_by_text(WORDS)).to_be_visible()
    expect(desk.get_by_text("1 file came with it")).to_be_visible()
    assert desk.get_by_text("kim@home.example").count() == 0
    axe(desk)
    letter = desk.url
    desk.get_by_role("button", name="Show address").click()
    expect(desk.get_by_text("kim@home.example")).to_be_visible()
    axe(desk)
    desk.goto(letter)
    desk.fill("#text", ANSWER)
    desk.get_by_role("button", name="Send to the child").click()
    expect(desk.get_by_text("The answer is with the child.")).to_be_visible()

    # The child answers below our words, from a program that quotes them.
    answer = _sent(lead, url, ANSWER)
    to = re.search(r"hjelp\+[0-9a-z]{20}@centre\.example", answer)
    assert to is not None
    quoted = f"{AGAIN}\n\nOn Sun, Nov 29, 2026 at 3:12 PM Havn <{to[0]}> wrote:\n\n> {ANSWER}\n"
    imap.deliver(mail(quoted, to=to[0], subject="something else").as_bytes())
    for _ in range(60):
        desk.goto(letter)
        if desk.get_by_text(AGAIN).count():
            break
        desk.wait_for_timeout(500)
    said = desk.locator('.letter-said[data-author="visitor"] .letter-text')
    assert said.all_inner_texts()[-1] == AGAIN

    # The code of the receipt opens it on our site, where no e-mail is needed any more.
    code = re.search(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", _sent(lead, url, "A person will read it"))
    assert code is not None
    child = new_page()
    child.goto(f"{url}/en/chat/code")
    child.fill("#code", code[0])
    child.get_by_role("button", name="Open").click()
    child.wait_for_url("**/letter/read")
    expect(child.get_by_text(ANSWER)).to_be_visible()
    child.get_by_role("button", name="Send me no e-mails").click()
    expect(child.get_by_text("You get no e-mails from us.")).to_be_visible()
    axe(child)
