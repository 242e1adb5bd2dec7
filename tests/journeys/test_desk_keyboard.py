"""A whole shift without a mouse: on duty, the next child, ready answers, the record in under a minute, off duty."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.story import child_says, start_chat
from tests.server import Server


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Move with Tab alone until the element has the focus, which must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{selector} cannot be reached with Tab.")


def test_a_shift_by_keyboard_alone(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    # Closing too early is refused once, on purpose.
    watch.allow("409")
    desk, child = staff_page("counsellor"), new_page()
    desk.goto(f"{havn_server.url}/en/desk")
    if desk.locator("[data-duty-on]").count():
        tab_to(desk, "[data-duty-on] button[type=submit]")
        press(desk, "Enter")
        expect(desk.locator("dialog[data-sound]")).to_be_visible()
        press(desk, "Enter")
    expect(desk.locator("[data-next]")).to_be_visible()
    start_chat(child, havn_server.url, name="Sky")
    expect(desk.locator("#desk-next-why")).to_contain_text("waiting")
    press(desk, "Alt+n")
    expect(desk.locator("#desk-text")).to_be_focused()
    child.wait_for_url("**/chat/talk")

    desk.keyboard.type("/hello")
    expect(desk.locator("[data-ready] [aria-selected=true]")).to_be_visible()
    press(desk, "Enter")
    assert len(desk.locator("#desk-text").input_value()) > 10
    press(desk, "Enter")
    expect(child.locator(".said--them")).to_have_count(1)
    desk.keyboard.type("one")
    press(desk, "Shift+Enter")
    desk.keyboard.type("two")
    press(desk, "Control+Enter")
    expect(child.locator(".said--them .said__text").last).to_have_text("one\ntwo")
    child_says(child, "thank you")

    begun = time.monotonic()
    press(desk, "Alt+r")
    expect(desk.locator("[data-filter]")).to_be_focused()
    desk.keyboard.type("groom")
    press(desk, "Enter")
    desk.keyboard.type("gaming")
    press(desk, "Enter")
    expect(desk.locator("[data-chips] button")).to_have_count(2)
    expect(desk.locator("[data-chips] button").first).to_contain_text("Grooming")
    press(desk, "Control+Enter")
    expect(desk.locator("#record-person")).to_be_focused()
    desk.keyboard.type("Teen")
    tab_to(desk, "#record-gender")
    desk.keyboard.type("Unk")
    tab_to(desk, "[name=online]")
    press(desk, "Space")
    tab_to(desk, "#record-place")
    desk.keyboard.type("Gam")
    tab_to(desk, "#record-outcome")
    desk.keyboard.type("Lis")
    tab_to(desk, "[name=risk]")
    press(desk, "Space")
    press(desk, "Control+Enter")
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")
    assert time.monotonic() - begun < 60
    expect(child.locator("main")).to_contain_text("ended the talk")

    tab_to(desk, ".desk-duty summary")
    press(desk, "Enter")
    tab_to(desk, ".desk-duty form button")
    press(desk, "Enter")
    expect(desk.locator("[data-duty-on]")).to_be_visible()


def test_shortcuts_are_listed_and_can_be_switched_off(staff_page: Callable[..., Page], havn_server: Server) -> None:
    desk = staff_page("counsellor")
    desk.goto(f"{havn_server.url}/en/desk")
    press(desk, "?")
    keys = desk.locator("dialog[data-keys]")
    expect(keys).to_contain_text("Take the next child")
    tab_to(desk, "[data-keys-on]")
    press(desk, "Space", "Escape")
    expect(keys).to_be_hidden()
    press(desk, "?")
    expect(keys).to_be_hidden()
    press(desk, "Control+k")
    expect(desk.locator("dialog[data-find]")).to_be_hidden()
    desk.reload()
    press(desk, "?")
    expect(keys).to_be_hidden()
    desk.evaluate("localStorage.clear()")
