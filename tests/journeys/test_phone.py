"""Calls at the desk: one that the telephone system tells of, from ringing to the closed record; one begun by hand."""

import json
import re
import secrets
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from havn.common.signatures import key_of, sign
from tests.journeys.story import go_on_duty
from tests.journeys.test_desk_story import close_everything, fill_record
from tests.server import Server

NUMBER = "+4792134587"


@dataclass
class Telephone:
    """A telephone system that knows the address and the secret."""

    address: str
    secret: str

    def tells(self, kind: str, call: str, **data: str) -> None:
        body = json.dumps({"type": f"call.{kind}", "data": {"call": call, **data}}).encode()
        name, moment = secrets.token_hex(8), int(time.time())
        request = urllib.request.Request(
            self.address,
            data=body,
            headers={
                "Content-Type": "application/json",
                "webhook-id": name,
                "webhook-timestamp": str(moment),
                "webhook-signature": sign(key_of(self.secret), message_id=name, timestamp=moment, body=body),
            },
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.loads(answer.read()) == {"taken": True}


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def telephone(staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]) -> Telephone:
    """The coordinator makes a secret and tries it."""
    page = staff_page("coordinator")
    page.goto(f"{havn_server.url}/en/desk/phone/settings")
    while page.get_by_role("button", name=re.compile("^Remove this secret")).count():
        page.get_by_role("button", name=re.compile("^Remove this secret")).first.click()
    page.get_by_role("button", name="Make a secret").click()
    secret = page.locator(".phone-secret").inner_text()
    axe(page)
    page.get_by_role("button", name="Send a test event").click()
    expect(page.get_by_text("was signed, checked and taken")).to_be_visible()
    expect(page.get_by_text(secret)).to_have_count(0)
    return Telephone(page.locator(".phone-address").inner_text(), secret)


def test_a_call_rings_opens_by_itself_ends_is_coded_and_counted(
    desk: Page, telephone: Telephone, staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    wall = staff_page("supervisor")
    wall.goto(f"{havn_server.url}/en/desk/wall")
    before = _calls(wall)
    telephone.tells("ringing", "call-1", number=NUMBER)
    expect(desk.locator("[data-calls]")).to_contain_text("A call rings")
    telephone.tells("answered", "call-1", extension="101")
    expect(desk.locator("#desk-thread-title")).to_have_text("Call")
    expect(desk.locator("havn-timer time")).to_have_text(re.compile(r"^0:0\d$"))
    expect(wall.locator("#wall-talks")).to_be_visible()
    expect(wall.locator("[aria-labelledby=wall-talks] tbody")).to_contain_text("Phone")
    axe(desk)
    fill_record(desk)
    telephone.tells("ended", "call-1", reason="hung-up")
    expect(desk.locator(".call__time")).to_contain_text("The call took 0 min")
    expect(desk.locator("[data-messages]")).to_contain_text("The call is over.")
    expect(desk.locator("#record-outcome")).to_have_value("listened")
    desk.locator("[data-close]").click()
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")
    wall.reload()
    axe(wall)
    offered, answered = _calls(wall)
    assert (offered, answered) == (before[0] + 1, before[1] + 1)
    _is_nowhere(NUMBER, havn_server)


def test_a_call_begun_by_hand_and_a_short_one_by_key(desk: Page, axe: Callable[..., None]) -> None:
    desk.keyboard.press("Alt+c")
    expect(desk.locator("#desk-thread-title")).to_have_text("Call")
    expect(desk.locator(".desk-duty")).to_contain_text("1 of")
    axe(desk)
    desk.fill("#desk-text", "Sounded tired")
    desk.press("#desk-text", "Control+Enter")
    expect(desk.locator("[data-messages]")).to_contain_text("Sounded tired")
    fill_record(desk)
    desk.get_by_role("button", name="End call").click()
    expect(desk.locator("[data-close]")).to_have_text("Close the call")
    desk.locator("[data-close]").click()
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")
    desk.keyboard.press("Alt+c")
    expect(desk.locator(".call__short")).to_be_visible()
    desk.keyboard.press("Alt+4")
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")


def test_a_key_that_is_held_counts_one_short_call(
    desk: Page, staff_page: Callable[..., Page], havn_server: Server
) -> None:
    wall = staff_page("supervisor")
    wall.goto(f"{havn_server.url}/en/desk/wall")
    before = _calls(wall)
    desk.keyboard.down("Alt")
    with desk.expect_response("**/desk/phone/short"):
        desk.keyboard.down("1")
    for _ in range(4):
        # Long enough for a further call to be counted between two of them.
        desk.wait_for_timeout(300)
        desk.keyboard.down("1")
    desk.keyboard.up("1")
    desk.keyboard.up("Alt")
    desk.wait_for_timeout(300)
    wall.reload()
    assert _calls(wall)[0] == before[0] + 1


def test_without_script_a_call_is_begun_ended_and_closed(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    page = desk.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=desk.context.storage_state()
    ).new_page()
    page.goto(f"{havn_server.url}/en/desk")
    page.get_by_role("button", name="Call", exact=True).click()
    page.get_by_role("button", name="End call").click()
    page.get_by_role("button", name="Wrong number").first.click()
    expect(page.locator("[data-talks]")).to_contain_text("No talk yet")
    page.context.close()


def _is_nowhere(number: str, server: Server) -> None:
    """In no file of the installation, the database and its log of writes among them, and in nothing that it printed."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    assert any(path.suffix in {".db", ".sqlite3"} or path.name.endswith("-wal") for path in files)
    for digits in (number[1:], number[3:]):
        assert digits not in server.output
        for path in files:
            assert digits.encode() not in path.read_bytes(), path.name


def _calls(wall: Page) -> tuple[int, int]:
    """Offered and answered calls of today, as the wall tells them."""
    row = wall.locator("[aria-labelledby=wall-today] tbody tr", has_text="Phone")
    if not row.count():
        return 0, 0
    cells = row.locator("td").all_inner_texts()
    return int(cells[0]), int(cells[1])
