"""What keeps a child safe is where it can be seen: the number to call, the danger button, the last page."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.child import overflows
from tests.journeys.story import child_says, counsellor_says, go_on_duty, start_chat, take_next
from tests.journeys.test_desk_story import close_everything
from tests.server import Server

SMALL = {"width": 360, "height": 640}


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def child(new_page: Callable[..., Page], havn_server: Server, desk: Page) -> Iterator[Page]:
    """A child in the line, on a small phone; whatever the test did, the seat is free again after it."""
    page = new_page(viewport=SMALL)
    start_chat(page, havn_server.url)
    yield page
    end(page, havn_server.url)


@pytest.mark.parametrize(
    "path", ["/en/", "/nb/", "/en/for-parents", "/en/for-teachers", "/nb/privacy", "/en/accessibility"]
)
def test_the_emergency_number_is_in_the_first_screen_of_a_small_phone(
    new_page: Callable[..., Page], havn_server: Server, path: str
) -> None:
    page = new_page(viewport=SMALL)
    page.goto(havn_server.url + path)
    number = page.get_by_text(re.compile("(Call|Ring) 112")).first
    expect(number).to_be_in_viewport(ratio=1)
    assert not overflows(page)


def test_the_danger_button_says_what_was_said_without_a_reload(child: Page, desk: Page) -> None:
    page = child
    press_danger(page, "Tell them that I'm in danger now", "We try to take you sooner")
    expect(page.get_by_role("link", name="You said: in danger")).to_be_visible()
    take_next(desk)
    page.wait_for_url("**/chat/talk")
    page.get_by_role("link", name="You said: in danger").click()
    page.locator("dialog").get_by_role("button", name="I am not in danger any more").click()
    expect(page.locator("dialog")).to_contain_text("The one you write with sees it at once.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="I'm in danger now")).to_be_visible()
    expect(page.get_by_role("link", name="You said: in danger")).to_have_count(0)


def test_while_danger_is_imminent_the_number_is_the_largest_thing_and_the_talk_goes_on_below_it(
    child: Page, desk: Page, axe: Callable[..., None]
) -> None:
    page = child
    take_next(desk)
    page.wait_for_url("**/chat/talk")
    number = page.locator(".call__number")
    expect(number).to_be_hidden()
    desk.locator("summary[data-key=risk]").click()
    desk.get_by_role("button", name="Imminent danger").click()
    expect(number).to_be_visible()
    for line in range(6):
        child_says(page, f"line {line} of what is going on")
    counsellor_says(desk, "I am with you")
    expect(number).to_be_in_viewport(ratio=1)
    expect(page.locator(".said--them").last).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#text")).to_be_in_viewport(ratio=1)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => one.offsetParent
          && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.closest(".call__number") !== null])"""
    )
    largest = max(size for size, _is_number in sizes)
    assert all(is_number for size, is_number in sizes if size == largest)
    assert not overflows(page)
    axe(page)
    page.reload()
    expect(number).to_be_in_viewport(ratio=1)


def test_after_the_end_back_and_reload_show_no_word_of_the_talk(child: Page, havn_server: Server, desk: Page) -> None:
    page = child
    take_next(desk)
    page.wait_for_url("**/chat/talk")
    child_says(page, "Nobody must read this later")
    end(page, havn_server.url)
    page.goto(f"{havn_server.url}/en/chat/talk")
    expect(page).to_have_url(re.compile("/chat/ended"))
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Nobody must read this later")
    page.goto(f"{havn_server.url}/en/chat")
    expect(page.locator("body")).not_to_contain_text("Go on where you were")


def end(page: Page, url: str) -> None:
    """End the talk if it has not ended yet."""
    page.goto(f"{url}/en/chat/end")
    button = page.locator("form[action='/live/end'] button")
    if button.count():
        button.click()
        page.wait_for_url("**/chat/ended*")


def press_danger(page: Page, button: str, then: str) -> None:
    page.get_by_role("link", name="I'm in danger now").click()
    sheet = page.locator("dialog")
    sheet.get_by_role("button", name=button).click()
    expect(sheet).to_contain_text(then)
    page.keyboard.press("Escape")
