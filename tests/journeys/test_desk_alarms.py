"""What calls whom: danger in the record, a child who leaves in it, a silent reader, a child back while one codes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import go_on_duty, start_chat, take_next
from tests.journeys.test_desk_story import HEAR, close_everything, sounds
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def lead(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A supervisor who hears, and who is called for nothing but danger: only watching."""
    page = staff_page("supervisor")
    page.add_init_script(HEAR)
    page.goto(f"{havn_server.url}/en/desk")
    page.select_option("#duty-seats", "0")
    page.locator("[data-duty-on] button[type=submit]").click()
    page.locator("[data-heard]").click()
    expect(page.locator("[data-next]")).to_be_visible()
    yield page
    close_everything(page, havn_server.url)


def talk(desk: Page, child: Page, url: str, name: str) -> None:
    """A child and the counsellor, in the talk."""
    start_chat(child, url, name=name)
    take_next(desk)
    child.wait_for_url("**/chat/talk")
    expect(desk.locator("#desk-thread-title")).to_have_text(name)


def test_imminent_in_the_record_calls_at_the_desk_with_words_and_stays_when_the_child_leaves(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    child = new_page()
    talk(desk, child, havn_server.url, "Luna")
    desk.locator("input[name=risk][value=imminent]").check(force=True)
    expect(child.locator("main")).to_contain_text("112")
    expect(desk.locator(".desk-danger")).to_contain_text("112")
    expect(lead.locator("[data-alarm]")).to_contain_text("Imminent danger in 1 talk")
    sounds(lead, 1)
    axe(lead)
    lead.get_by_role("button", name="I'm on it").click()
    sounds(lead, 0)
    expect(lead.locator("[data-alarm]")).to_be_visible()
    lead.get_by_role("link", name="Open the wall").click()
    expect(lead.locator(".wall-alarm")).to_be_visible()
    expect(lead.locator(".wall-alarm [data-quiet]")).to_be_hidden()
    assert lead.evaluate("window.sounding") == 0
    child.goto(f"{havn_server.url}/en/chat/end")
    child.locator("form[action='/live/end'] button").click()
    expect(lead.locator(".wall-left")).to_contain_text("Child left, record open")
    axe(lead)
    lead.locator(".wall-left").get_by_role("button", name="Read along").click()
    expect(lead.locator(".desk-strip")).to_contain_text("You read along in silence")
    lead.get_by_role("button", name="Stop reading").click()


def test_what_the_head_says_of_the_risk_and_what_the_record_says_are_one(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    talk(desk, new_page(), havn_server.url, "Sol")
    desk.locator("input[name=risk][value=some]").check(force=True)
    expect(desk.locator("[data-record-state]")).to_have_text("Saved")
    desk.locator("summary[data-key=risk]").click()
    desk.get_by_role("button", name="High risk").click()
    expect(desk.locator("input[name=risk][value=high]")).to_be_checked()
    desk.select_option("#record-person", "teen-12-18")
    expect(desk.locator("[data-record-state]")).to_have_text("Saved")
    expect(desk.locator("summary[data-key=risk]")).to_contain_text("High risk")
    desk.locator("summary[data-key=risk]").click()
    desk.get_by_role("button", name="No special risk").click()
    expect(desk.locator("input[name=risk]:checked")).to_have_count(0)
    desk.locator("input[name=risk][value=high]").check(force=True)
    expect(desk.locator("summary[data-key=risk]")).to_contain_text("High risk")
    desk.locator("input[name=risk][value=none]").check(force=True)
    expect(desk.locator("summary[data-key=risk]")).to_have_text("Risk")


def test_who_reads_along_in_silence_is_not_rung_for_and_the_counsellor_is(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page
) -> None:
    child = new_page()
    talk(desk, child, havn_server.url, "Fox")
    lead.goto(f"{havn_server.url}/en/desk/wall")
    lead.get_by_role("button", name="Read along").first.click()
    expect(lead.locator("#desk-thread-title")).to_have_text("Fox")
    lead.mouse.click(5, 5)
    # Not in sight: only then would anything ring.
    lead.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
    child.goto(f"{havn_server.url}/en/chat/danger")
    child.locator("form[action='/live/danger'] button").first.click()
    expect(lead.locator("[data-messages]")).to_contain_text("I'm in danger now")
    assert lead.evaluate("window.sounding") == 0
    lead.evaluate("delete document.visibilityState")
    lead.get_by_role("button", name="Stop reading").click()


def test_a_child_back_in_the_middle_of_the_coding_costs_no_word_of_it(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    child = new_page()
    talk(desk, child, havn_server.url, "Mira")
    child.goto(f"{havn_server.url}/en/chat/end")
    child.locator("form[action='/live/end'] button").click()
    expect(desk.locator("[data-close]")).to_have_text("Close the talk")
    expect(desk.locator(".desk-head__keep")).to_have_text("Keep it longer")
    desk.select_option("#record-person", "teen-12-18")
    desk.fill("#record-summary", "wrote about a bridge")
    expect(desk.locator("[data-record-state]")).to_have_text("Saved")
    child.goto(f"{havn_server.url}/en/chat/ended")
    desk.fill("#record-summary", "wrote about a bridge at night")
    child.locator("form[action='/live/again'] button").click()
    expect(desk.locator(".desk-again")).to_contain_text("What you filled in is kept")
    take_next(desk)
    expect(desk.locator("#record-person")).to_have_value("teen-12-18")
    expect(desk.locator("#record-summary")).to_have_value("wrote about a bridge at night")
    expect(desk.locator("[data-messages]")).to_contain_text("record of the talk before is still open")
