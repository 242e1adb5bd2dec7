"""A counsellor asks, a child reads it word for word and decides, with script and without; only a yes lets it go."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import child_says, go_on_duty
from tests.journeys.test_desk_alarms import talk
from tests.journeys.test_desk_story import close_everything
from tests.server import Server

SAID = "they call themselves lantern nine"


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


def _at_once(page: Page, url: str) -> None:
    """A coordinator lets what was agreed to go without waiting."""
    page.goto(f"{url}/en/desk/settings/handover")
    page.fill("#id_change_mind_minutes", "0")
    page.locator("form", has=page.locator("#id_change_mind_minutes")).get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def _ask(desk: Page, axe: Callable[..., None] | None = None) -> None:
    """Tick what the child wrote, look at the text, ask."""
    desk.get_by_role("link", name="Pass on").first.click()
    desk.get_by_label("Kripos").first.check()
    desk.get_by_label(SAID).check()
    desk.get_by_role("button", name="Put the ticked ones into the text").click()
    expect(desk.locator("#text")).to_have_value(SAID)
    if axe is not None:
        axe(desk)
    desk.get_by_role("button", name="Ask the child").click()
    expect(desk.locator(".pass-strip")).to_contain_text("Asked: no answer yet")


def test_a_child_says_yes_and_exactly_that_text_goes(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    desk: Page,
    axe: Callable[..., None],
) -> None:
    lead, child = staff_page("coordinator"), new_page(viewport={"width": 360, "height": 740})
    _at_once(lead, havn_server.url)
    axe(lead)
    talk(desk, child, havn_server.url, "Vera")
    child_says(child, "my name is Vera")
    child_says(child, SAID)
    _ask(desk, axe)
    asks = child.locator(".asks")
    expect(asks.locator("blockquote")).to_have_text(SAID)
    expect(asks).to_contain_text("We would like to send this to Kripos, the police:")
    expect(asks).to_contain_text("Only these words are sent. Nothing else is passed on.")
    axe(child)
    asks.get_by_role("button", name="Yes, send it").click()
    child.wait_for_url("**/chat/talk")
    expect(child.locator(".asks")).to_contain_text("It has been sent to Kripos, the police.", timeout=20_000)
    desk.bring_to_front()
    expect(desk.locator(".pass-strip")).to_contain_text("Passed on", timeout=20_000)
    axe(desk)
    lead.goto(f"{havn_server.url}/en/desk/outbox")
    letter = lead.locator("article", has_text="kripos@politiet.no").first
    expect(letter).to_contain_text(SAID)
    assert "Vera" not in letter.inner_text()


def test_without_script_a_child_says_no_and_nothing_leaves(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    lead = staff_page("coordinator")
    lead.goto(f"{havn_server.url}/en/desk/outbox")
    before = lead.locator("article", has_text="kripos@politiet.no").count()
    child = new_page()
    talk(desk, child, havn_server.url, "Nils")
    child_says(child, SAID)
    plain = new_page(java_script_enabled=False, storage_state=child.context.storage_state())
    child.close()
    _ask(desk)
    plain.goto(f"{havn_server.url}/en/chat/talk")
    expect(plain.locator(".asks blockquote")).to_have_text(SAID)
    plain.get_by_role("button", name="No, don't send it").click()
    plain.wait_for_url("**/chat/talk")
    expect(plain.locator(".asks")).to_contain_text("You said no. Nothing is sent to Kripos, the police.")
    expect(desk.locator(".pass-strip")).to_contain_text("Declined: nothing passed on", timeout=20_000)
    lead.reload()
    assert lead.locator("article", has_text="kripos@politiet.no").count() == before


def test_a_report_to_a_platform_from_the_talk(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, axe: Callable[..., None]
) -> None:
    talk(desk, new_page(), havn_server.url, "Odd")
    desk.get_by_role("link", name="Note a report to a platform").click()
    desk.select_option("#platform", "TikTok")
    axe(desk)
    desk.get_by_role("button", name="Note it as raised").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("TikTok")
    axe(desk)
    desk.get_by_role("button", name="Removed").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()
    desk.get_by_role("link", name="All reports").click()
    axe(desk)
    desk.goto(f"{havn_server.url}/en/desk/handovers")
    axe(desk)
