"""Quick exit in a real browser: gone at once, and Back shows no word of ours, with script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import Watch
from tests.journeys.child import everyday_site
from tests.journeys.story import start_chat
from tests.server import Server

OURS = ("chat", "helpline", "Kors", "letter", "line", "talk", "danger")


@pytest.fixture(scope="module")
def away(havn_server: Server) -> str:
    return everyday_site(havn_server)


def shows_nothing_of_ours(page: Page) -> None:
    expect(page.locator("form[action='/live/open'] button")).to_be_visible()
    assert page.locator("button, a, h1, p").count() == 1
    text = page.locator("body").inner_text() + page.title()
    assert not [word for word in OURS if word.lower() in text.lower()]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_quick_exit_leads_away_closes_the_visit_and_back_is_blank(
    new_page: Callable[..., Page], havn_server: Server, away: str, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    start_chat(page, havn_server.url)
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    page.go_back()
    shows_nothing_of_ours(page)
    for address in ("/", "/nb/chat", "/chat/waiting", "/chat/talk", "/letter"):
        page.goto(havn_server.url + address)
        shows_nothing_of_ours(page)
    names = {cookie["name"] for cookie in page.context.cookies(havn_server.url)}
    assert names == {"p"}


@pytest.mark.parametrize("form", ["come back", "letter"])
def test_back_onto_a_form_that_was_refused_is_blank_without_script(
    new_page: Callable[..., Page], havn_server: Server, away: str, watch: Watch, form: str
) -> None:
    # Not kept by the browser, and asked for again as it was: posted, with the child's own words in it.
    watch.allow("the server responded with a status of 4")
    page = new_page(java_script_enabled=False)
    if form == "come back":
        page.goto(f"{havn_server.url}/en/chat/code")
        page.fill("[name=code]", "7KQ2 MVXB 93TD HRWE 2222")
        page.locator("form[action='/live/come-back'] button").click()
        page.wait_for_url("**/live/come-back")
    else:
        page.goto(f"{havn_server.url}/en/letter")
        page.fill("#text", "A secret. " * 3000)
        page.locator("form[action='/live/letter'] button").click()
        page.wait_for_url("**/live/letter")
    assert page.locator("h1").count() == 1
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    try:
        page.go_back()
    except Error:
        # Chromium asks first whether the form may be sent once more; a person who agrees does this.
        page.wait_for_url("chrome-error://**")
        page.reload()
    assert "/live/" in page.url
    shows_nothing_of_ours(page)


def test_open_brings_the_page_back_and_the_visit_is_over(
    new_page: Callable[..., Page], havn_server: Server, away: str
) -> None:
    page = new_page()
    start_chat(page, havn_server.url)
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    page.goto(f"{havn_server.url}/en/chat/waiting")
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/chat/code?over=1")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_shift_three_times_leaves_and_nothing_is_left_in_the_tab(
    new_page: Callable[..., Page], havn_server: Server, away: str
) -> None:
    page = new_page()
    start_chat(page, havn_server.url)
    page.evaluate("sessionStorage.setItem('draft x', 'secret'); localStorage.setItem('x', 'secret')")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(away)
    page.go_back()
    shows_nothing_of_ours(page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_shift_with_another_key_between_or_held_down_does_not_leave(
    new_page: Callable[..., Page], havn_server: Server, away: str
) -> None:
    page = new_page()
    page.goto(f"{havn_server.url}/en/chat")
    page.locator("#name").focus()
    page.keyboard.type("ABC Def")
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    page.locator("#name").click()
    page.keyboard.down("Shift")
    page.keyboard.down("Shift")
    page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    assert page.url.endswith("/chat")
    assert page.locator("#name").input_value() == "ABC Defa"


def test_all_tabs_of_the_browser_leave_together(new_page: Callable[..., Page], havn_server: Server, away: str) -> None:
    page = new_page()
    page.goto(f"{havn_server.url}/en/chat")
    other = page.context.new_page()
    other.goto(f"{havn_server.url}/en/privacy")
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    other.wait_for_url(away)


def test_quick_exit_leads_away_even_when_the_line_is_dead(
    new_page: Callable[..., Page], havn_server: Server, away: str, watch: Watch
) -> None:
    watch.allow("net::ERR_FAILED")
    page = new_page()
    page.goto(f"{havn_server.url}/en/")
    page.goto(f"{havn_server.url}/en/chat")
    page.route("**/exit*", lambda route: route.abort())
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    page.go_back()
    shows_nothing_of_ours(page)


def test_quick_exit_stays_in_reach_over_a_sheet(new_page: Callable[..., Page], havn_server: Server, away: str) -> None:
    page = new_page(viewport={"width": 360, "height": 640})
    start_chat(page, havn_server.url)
    page.get_by_role("link", name="Come back later").click()
    page.locator("dialog .quick-exit").click()
    page.wait_for_url(away)
