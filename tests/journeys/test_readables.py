"""An article found by key at the desk and read by the child in the talk, with and without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import go_on_duty, start_chat, take_next
from tests.journeys.test_desk_story import close_everything
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


def test_a_guide_is_inserted_by_one_key_and_read_without_leaving(
    desk: Page, new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    child = new_page()
    start_chat(child, havn_server.url)
    take_next(desk)
    desk.keyboard.press("Alt+i")
    words = desk.get_by_role("combobox", name="Words to look for")
    expect(words).to_be_focused()
    words.press_sequentially("nintendo")
    found = desk.get_by_role("option", name="Nintendo Switch: setting it up")
    expect(found).to_have_attribute("aria-selected", "true")
    expect(desk.get_by_role("region", name="What the child will read")).not_to_be_empty()
    axe(desk)
    words.press("Enter")
    expect(words).to_be_hidden()
    expect(desk.locator("[data-messages]")).to_contain_text("Given to read: Nintendo Switch")

    expect(child.get_by_role("heading", name="Nintendo Switch")).to_be_visible()
    more = child.get_by_text("Read more")
    more.click()
    expect(child.locator(".reading__more .reading p").first).to_be_visible()
    assert child.locator(".reading a, .reading script").count() == 0
    assert child.url.endswith("/chat/talk")
    axe(child)


def test_without_a_script_a_page_does_the_same(
    desk: Page,
    new_page: Callable[..., Page],
    havn_server: Server,
    axe: Callable[..., None],
) -> None:
    child = new_page(java_script_enabled=False)
    start_chat(child, havn_server.url)
    take_next(desk)
    talk = desk.locator("havn-thread").get_attribute("data-talk")
    desk.goto(f"{havn_server.url}/en/desk/talk/{talk}/reading")
    desk.get_by_label("Words to look for").fill("nintendo")
    desk.get_by_role("button", name="Search").click()
    axe(desk)
    item = desk.locator(".insert__pages li", has_text="Nintendo Switch").first
    item.get_by_label("With a link to the page").check()
    item.get_by_role("button", name="Send to the child").click()
    desk.wait_for_url("**/desk?*")
    child.goto(f"{havn_server.url}/en/chat/talk")
    expect(child.get_by_role("heading", name="Nintendo Switch")).to_be_visible()
    expect(child.get_by_role("link", name="The whole page, in a new tab")).to_be_visible()
