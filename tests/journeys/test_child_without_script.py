"""The whole path of a child whose browser runs no script."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import Watch
from tests.journeys.child import leave_the_line
from tests.journeys.story import counsellor_says, go_on_duty, start_chat, take_next
from tests.journeys.test_desk_story import close_everything
from tests.server import Server


def within(page: Page, tag: str, text: str) -> Locator:
    """Something that stands there only without script. (Role and text selectors pass over <noscript>.)"""
    return page.locator(f"noscript {tag}", has_text=text)


def look_again(page: Page) -> None:
    page.locator("noscript a.ds-button", has_text="Look again").click()


def test_from_the_start_to_the_end_and_back_with_the_code(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server
) -> None:
    desk = staff_page("counsellor")
    go_on_duty(desk, havn_server.url)
    page = new_page(java_script_enabled=False)
    start_chat(page, havn_server.url, name="Otter")
    expect(within(page, "p", "Look again at least every two minutes")).to_be_visible()
    take_next(desk)
    look_again(page)
    page.wait_for_url("**/chat/talk*")
    assert page.locator("textarea, input[type=text]").count() == 0

    within(page, "a", "Write").click()
    page.fill("#text", "Nobody must see this")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/chat/talk")
    expect(page.locator(".said--me")).to_contain_text("Nobody must see this")
    expect(desk.locator("#desk-thread")).to_contain_text("Nobody must see this")
    counsellor_says(desk, "Only we can")
    look_again(page)
    expect(page.locator(".said--them")).to_contain_text("Only we can")

    page.get_by_role("link", name="Come back later").click()
    code = page.locator(".code").text_content() or ""
    page.get_by_role("link", name="I have noted it").click()
    page.locator("details.more summary").click()
    page.get_by_role("link", name="End the talk").click()
    page.get_by_role("button", name="End the talk").click()
    page.wait_for_url("**/chat/ended")
    page.get_by_role("button", name="A little").click()
    expect(page.get_by_text("It helps us to be better")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/chat/done")
    page.goto(f"{havn_server.url}/en/chat/talk")
    page.fill("#code", code)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/chat/ended")
    page.get_by_role("link", name="Read the talk").click()
    expect(page.locator(".said--them")).to_contain_text("Only we can")
    close_everything(desk, havn_server.url)


def test_refreshing_is_chosen_and_can_be_switched_off(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(java_script_enabled=False)
    start_chat(page, havn_server.url)
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    within(page, "a", "30 seconds").click()
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "30"
    within(page, "a", "Off").click()
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    leave_the_line(page, havn_server.url)


def test_a_letter_that_is_too_long_comes_back_whole_and_a_shorter_one_is_read_with_its_code(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 422")
    page = new_page(java_script_enabled=False)
    page.goto(f"{havn_server.url}/en/letter")
    page.fill("#text", "w" * 10_050)
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    assert page.locator("#text").input_value() == "w" * 10_050
    page.fill("#text", "Dear you, I am eleven.")
    page.get_by_role("button", name="Send the letter").click()
    page.wait_for_url("**/letter/sent")
    code = page.locator(".code").text_content() or ""
    assert re.fullmatch(r"([0-9A-Z]{4}-?\s*){5}", code.strip())
    page.get_by_role("button", name="I have noted it").click()
    page.goto(f"{havn_server.url}/en/chat/code")
    page.fill("#code", code)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/letter/read")
    page.get_by_role("link", name="Write again").click()
    page.fill("#text", "One thing more.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".said--me")).to_have_count(2)


def test_a_wrong_code_says_so_kindly_and_keeps_what_was_typed(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 404")
    page = new_page(java_script_enabled=False)
    page.goto(f"{havn_server.url}/en/chat/code")
    page.fill("#code", "abcd efgh")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("This code opens nothing")
    assert page.locator("#code").input_value() == "abcd efgh"
