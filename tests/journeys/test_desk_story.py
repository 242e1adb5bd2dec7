"""A child, a counsellor and a supervisor together, each in a browser of their own; every screen of it accessible."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import child_says, counsellor_says, go_on_duty, start_chat, take_next
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def lead(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("supervisor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


def close_everything(page: Page, url: str) -> None:
    """Leave no talk behind for the next test."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{url}/en/desk")
    while page.locator("havn-record").count():
        page.select_option("#record-outcome", "cut-short")
        page.select_option("#record-outcome", "test")
        talk = page.locator("havn-record").get_attribute("data-talk")
        page.locator("[data-close]").click()
        expect(page.locator(f"havn-record[data-talk='{talk}']")).to_have_count(0)
    page.locator(".desk-duty summary").click()
    page.locator(".desk-duty form button").click()
    expect(page.locator("[data-duty-on]")).to_be_visible()


def fill_record(page: Page) -> None:
    """Everything a closing asks for."""
    page.fill("[data-filter]", "cyber")
    page.press("[data-filter]", "Enter")
    page.select_option("#record-person", "teen-12-18")
    page.select_option("#record-gender", "unknown")
    page.check("[name=online][value=yes]")
    page.select_option("#record-place", "social-media")
    page.select_option("#record-outcome", "listened")
    page.check("[name=risk][value=none]")


def test_from_the_line_to_the_closed_record(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, axe: Callable[..., None]
) -> None:
    child = new_page()
    axe(desk)
    start_chat(child, havn_server.url, name="Sky")
    expect(desk.locator("#desk-next-why")).to_contain_text("1 waiting")
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    take_next(desk)
    child.wait_for_url("**/chat/talk")
    expect(desk.locator("#desk-thread-title")).to_have_text("Sky")
    counsellor_says(desk, "Hi Sky, I have time for you")
    child_says(child, "someone has my pictures")
    expect(desk.locator("[data-messages]")).to_contain_text("someone has my pictures")
    expect(desk.locator("[data-mine] [data-state]").last).to_have_text("read")
    expect(desk.locator("[data-here-yes]")).to_be_visible()
    axe(desk)
    fill_record(desk)
    expect(desk.locator("[data-record-state]")).to_have_text("Saved")
    desk.reload()
    expect(desk.locator("[data-chips] button")).to_have_text("Cyberbullying")
    expect(desk.locator("#record-outcome")).to_have_value("listened")
    desk.locator("[data-close]").click()
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")
    expect(child.locator("main")).to_contain_text("ended the talk")


HEAR = """
window.sounding = 0;
const start = AudioBufferSourceNode.prototype.start;
const stop = AudioBufferSourceNode.prototype.stop;
AudioBufferSourceNode.prototype.start = function () { if (this.loop) window.sounding += 1; return start.call(this); };
AudioBufferSourceNode.prototype.stop = function () { if (this.loop) window.sounding -= 1; return stop.call(this); };
"""


def sounds(page: Page, count: int) -> None:
    """Wait until so many alarms sound."""
    for _ in range(100):
        if page.evaluate("window.sounding") == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate('window.sounding')} alarms sound, not {count}.")


def test_a_sound_repeats_until_the_child_is_taken_and_until_the_words_are_looked_at(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server
) -> None:
    desk, child = staff_page("counsellor"), new_page()
    desk.add_init_script(HEAR)
    desk.goto(f"{havn_server.url}/en/desk")
    desk.locator("[data-duty-on] button[type=submit]").click()
    expect(desk.locator("dialog[data-sound]")).to_contain_text("Did you hear the sound?")
    desk.locator("[data-heard]").click()
    assert desk.evaluate("window.sounding") == 0
    start_chat(child, havn_server.url, name="Sky")
    sounds(desk, 1)
    desk.wait_for_timeout(2500)
    assert desk.evaluate("window.sounding") == 1
    take_next(desk)
    sounds(desk, 0)
    child.wait_for_url("**/chat/talk")
    second = new_page()
    start_chat(second, havn_server.url, name="Fox")
    sounds(desk, 1)
    take_next(desk)
    expect(desk.locator("#desk-thread-title")).to_have_text("Fox")
    sounds(desk, 0)
    child_says(child, "hello?")
    sounds(desk, 1)
    desk.locator("[data-open-talk]", has_text="Sky").click()
    sounds(desk, 0)
    close_everything(desk, havn_server.url)


def test_unread_words_of_another_talk_are_counted_and_no_word_is_lost_between_talks(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    children = [new_page(), new_page()]
    for number, child in enumerate(children):
        start_chat(child, havn_server.url, name=f"Child{number}")
        take_next(desk)
        child.wait_for_url("**/chat/talk")
        expect(desk.locator("#desk-thread-title")).to_have_text(f"Child{number}")
    desk.fill("#desk-text", "half a sentence")
    child_says(children[0], "are you still there")
    row = desk.locator("[data-open-talk]", has_text="Child0")
    expect(row.locator("[data-unread]")).to_be_visible()
    expect(row.locator("[data-last]")).to_contain_text("are you still there")
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    row.click()
    expect(desk.locator("[data-messages]")).to_contain_text("are you still there")
    expect(row.locator("[data-unread]")).to_be_hidden()
    assert desk.locator("#desk-text").input_value() == ""
    desk.keyboard.press("Alt+ArrowDown")
    expect(desk.locator("#desk-thread-title")).to_have_text("Child1")
    assert desk.locator("#desk-text").input_value() == "half a sentence"


def test_a_note_reaches_colleagues_and_never_the_child(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    child = new_page()
    start_chat(child, havn_server.url)
    take_next(desk)
    child.wait_for_url("**/chat/talk")
    desk.keyboard.press("Alt+o")
    desk.fill("#desk-text", "sounds younger than fifteen")
    desk.press("#desk-text", "Enter")
    expect(desk.locator("[data-kind=note] .desk-message__text")).to_have_text("sounds younger than fifteen")
    desk.keyboard.press("Alt+o")
    counsellor_says(desk, "I am with you")
    expect(child.locator("main")).to_contain_text("I am with you")
    expect(child.locator("main")).not_to_contain_text("younger")
    assert "younger" not in child.content()


def test_a_hand_over_is_offered_declined_offered_again_and_accepted(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    child = new_page()
    start_chat(child, havn_server.url, name="Fox")
    take_next(desk)
    child.wait_for_url("**/chat/talk")
    child_says(child, "can I talk with someone else")
    for press in ("Decline", "Accept"):
        desk.get_by_text(re.compile("^(Hand over|Offered)$")).click()
        desk.fill("#transfer-reason", "asked for somebody else")
        desk.get_by_role("button", name="Offer the talk").click()
        expect(lead.locator(".desk-offer")).to_contain_text("asked for somebody else")
        axe(lead)
        lead.get_by_role("button", name=press).click()
        if press == "Decline":
            expect(desk.locator("[data-talks]")).to_contain_text("declined")
            expect(desk.locator("#desk-thread-title")).to_have_text("Fox")
    expect(lead.locator("#desk-thread-title")).to_have_text("Fox")
    expect(lead.locator("[data-messages]")).to_contain_text("can I talk with someone else")
    expect(desk.locator("[data-talks]")).to_contain_text("No talk yet")
    expect(child.locator("main")).to_contain_text("From here on")


def test_imminent_danger_shows_the_number_to_both_and_reddens_the_wall_while_a_supervisor_reads_along(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    desk: Page,
    axe: Callable[..., None],
) -> None:
    child, lead = new_page(), staff_page("supervisor")
    lead.goto(f"{havn_server.url}/en/desk/wall")
    start_chat(child, havn_server.url, name="Luna")
    expect(lead.locator("[data-strong] dd").first).to_have_text("1")
    take_next(desk)
    child.wait_for_url("**/chat/talk")
    axe(lead)
    desk.locator("summary[data-key=risk]").click()
    axe(desk)
    desk.get_by_role("button", name="Imminent danger").click()
    expect(desk.locator(".desk-danger")).to_contain_text("112")
    expect(child.locator("main")).to_contain_text("Call 112")
    expect(lead.locator(".wall-alarm")).to_contain_text("Imminent danger in 1 talk")
    assert "at-wall-danger" in (lead.locator("body").get_attribute("class") or "")
    axe(lead)
    axe(desk)
    child_says(child, "I am on the roof")
    lead.get_by_role("button", name="Read along").first.click()
    expect(lead.locator("[data-messages]")).to_contain_text("I am on the roof")
    expect(lead.locator(".desk-strip")).to_contain_text("You read along in silence")
    counsellor_says(desk, "Stay with me, sit down")
    expect(lead.locator("[data-messages]")).to_contain_text("Stay with me, sit down")
    axe(lead)
    expect(child.locator("h1")).to_have_text(re.compile("You are writing with"))
    lead.get_by_role("button", name="Stop reading").click()
    expect(lead.locator("[data-talks]")).not_to_contain_text("Luna")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_of_the_desk_is_accessible_and_fits(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    axe: Callable[..., None],
    scheme: str,
    width: int,
) -> None:
    # A dialog that fades in has no contrast yet.
    screen = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme, "reduced_motion": "reduce"}
    lead = staff_page("coordinator", **screen)
    for address in ("desk", "desk/wall", "desk/settings", "desk/settings/texts"):
        lead.goto(f"{havn_server.url}/en/{address}")
        axe(lead)
        assert lead.evaluate("document.documentElement.scrollWidth") <= width, address
    page, child = staff_page("counsellor", **screen), new_page()
    go_on_duty(page, havn_server.url)
    start_chat(child, havn_server.url, name="Sky", danger=True)
    take_next(page)
    child.wait_for_url("**/chat/talk")
    child_says(child, "hello")
    counsellor_says(page, "hello to you")
    for pane in ("thread", "record", "list"):
        tab = page.locator(f"[data-show-pane={pane}]")
        if tab.is_visible():
            tab.click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, pane
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    close_everything(page, havn_server.url)
