"""A child and a counsellor together in two real browsers: nothing lost, nothing moved, nothing louder than asked."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.child import overflows
from tests.journeys.story import child_says, counsellor_says, go_on_duty, start_chat, take_next
from tests.journeys.test_desk_story import close_everything
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def talk(new_page: Callable[..., Page], havn_server: Server, desk: Page) -> Iterator[Page]:
    """A child's browser in a talk that the desk has taken; ended afterwards, so that the seat is free again."""
    page = new_page()
    start_chat(page, havn_server.url)
    take_next(desk)
    page.wait_for_url("**/chat/talk")
    yield page
    page.context.set_offline(False)
    page.goto(f"{havn_server.url}/en/chat/end")
    if page.locator("form[action='/live/end'] button").count():
        page.locator("form[action='/live/end'] button").click()
        page.wait_for_url("**/chat/ended*")


def test_the_talk_opens_by_itself_and_messages_go_both_ways_with_their_states(
    talk: Page, desk: Page, axe: Callable[..., None]
) -> None:
    counsellor_says(desk, "Good that you wrote")
    expect(talk.locator(".said--them")).to_contain_text("Good that you wrote")
    child_says(talk, "I do not know how to begin")
    expect(talk.locator(".said--me .said__state")).to_have_text(re.compile("Sent|Read"))
    expect(desk.locator("#desk-thread")).to_contain_text("I do not know how to begin")
    expect(talk.locator(".said--me .said__state")).to_have_text("Read")
    axe(talk)


def test_enter_sends_and_shift_enter_begins_a_new_line(talk: Page) -> None:
    field = talk.locator("#text")
    field.press_sequentially("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    assert field.input_value() == "one\ntwo"
    field.press("Enter")
    expect(talk.locator(".said--me .said__text")).to_have_text("one\ntwo")
    assert field.input_value() == ""


def test_what_arrives_never_moves_the_focus_nor_touches_the_words_being_written(talk: Page, desk: Page) -> None:
    talk.locator("#text").press_sequentially("half a sen")
    counsellor_says(desk, "Take your time")
    expect(talk.locator(".said--them")).to_contain_text("Take your time")
    assert talk.evaluate("document.activeElement.id") == "text"
    talk.keyboard.type("tence")
    assert talk.locator("#text").input_value() == "half a sentence"


def test_the_latest_words_stay_in_sight_when_the_keyboard_of_a_phone_comes_up(talk: Page, desk: Page) -> None:
    talk.set_viewport_size({"width": 360, "height": 740})
    for number in range(8):
        counsellor_says(desk, f"Sentence {number} that is long enough for two lines on a small phone")
    last = talk.locator(".said--them").last
    expect(last).to_contain_text("Sentence 7")
    expect(last).to_be_in_viewport(ratio=0.9)
    talk.set_viewport_size({"width": 360, "height": 420})
    expect(last).to_be_in_viewport(ratio=0.9)
    bubble, dock = last.bounding_box(), talk.locator(".dock").bounding_box()
    assert bubble and dock and bubble["y"] + bubble["height"] <= dock["y"] + 1


def test_what_arrives_is_said_once_in_the_one_polite_region(talk: Page, desk: Page) -> None:
    counsellor_says(desk, "Hello from the desk")
    expect(talk.locator("[role=status]")).to_contain_text("says: Hello from the desk")
    assert talk.locator("[role=status]").inner_text().count("Hello from the desk") == 1
    assert talk.locator("[role=log]").get_attribute("aria-live") == "off"
    assert talk.locator("[aria-live=polite], [role=status], [role=alert]").count() == 1


def test_words_written_while_the_line_is_down_are_kept_over_a_reload_and_arrive_once(
    talk: Page, desk: Page, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED|ERR_NETWORK")
    talk.context.set_offline(True)
    talk.locator("#text").press_sequentially("are you there")
    talk.locator("#text").press("Enter")
    expect(talk.locator(".said__state")).to_have_text("Kept, not sent yet")
    expect(talk.locator("[data-part=lost]")).to_contain_text("Your words are safe")
    talk.locator("#text").press_sequentially("and this is not finis")
    talk.context.set_offline(False)
    talk.reload()
    expect(talk.locator(".said--me")).to_have_count(1)
    expect(talk.locator(".said__state")).to_have_text(re.compile("Sent|Read"))
    assert talk.locator("#text").input_value() == "and this is not finis"
    expect(desk.locator("#desk-thread").get_by_text("are you there")).to_have_count(1)


def test_the_page_after_many_events_equals_the_fresh_page(talk: Page, desk: Page) -> None:
    for number in range(3):
        child_says(talk, f"from the child {number}")
        counsellor_says(desk, f"from the desk {number}")
    expect(talk.locator(".said--them")).to_have_count(3)
    lived = talk.locator(".said__text, .said--event").all_inner_texts()
    talk.reload()
    assert talk.locator(".said__text, .said--event").all_inner_texts() == lived


def test_the_counsellors_real_name_reaches_the_childs_browser_nowhere(talk: Page, desk: Page) -> None:
    bodies: list[str] = []
    talk.on("response", lambda answer: bodies.append(answer.url))
    counsellor_says(desk, "My name is on the badge")
    expect(talk.locator(".said--them")).to_be_visible()
    html = talk.content()
    for word in ("ingrid", "@"):
        assert word not in html.replace("Ingrid", "")


def test_sound_is_off_until_the_child_switches_it_on(talk: Page) -> None:
    talk.locator("details.more summary").click()
    button = talk.locator("havn-sound button")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    talk.reload()
    talk.locator("details.more summary").click()
    expect(talk.locator("havn-sound button")).to_have_attribute("aria-pressed", "true")


def test_danger_is_told_from_a_sheet_and_the_talk_goes_on_behind_it(talk: Page, desk: Page) -> None:
    talk.locator("#text").press_sequentially("wait")
    talk.get_by_role("link", name="I'm in danger now").click()
    sheet = talk.locator("dialog")
    expect(sheet).to_contain_text("112")
    sheet.get_by_role("button", name="Tell them that I'm in danger now").click()
    expect(sheet).to_contain_text("You told us that you are in danger")
    expect(desk.locator("#desk-thread")).to_contain_text("in danger now")
    sheet.get_by_role("button", name="I am not in danger any more").click()
    expect(sheet).to_contain_text("Tell them that I'm in danger now")
    talk.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert talk.locator("#text").input_value() == "wait"


def test_the_code_opens_the_talk_in_a_second_browser(
    talk: Page, desk: Page, new_page: Callable[..., Page], havn_server: Server
) -> None:
    child_says(talk, "I have to go")
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-", talk.content()) is None
    talk.get_by_role("link", name="Come back later").click()
    code = talk.locator("dialog .code").inner_text()
    second = new_page()
    second.goto(f"{havn_server.url}/en/chat/code")
    second.fill("#code", code.lower().replace("-", " "))
    second.get_by_role("button", name="Open").click()
    second.wait_for_url("**/chat/talk")
    expect(second.locator(".said--me")).to_contain_text("I have to go")
    child_says(second, "Back on the other phone")
    expect(desk.locator("#desk-thread")).to_contain_text("Back on the other phone")
    expect(talk.locator(".log")).to_contain_text("Back on the other phone")


def test_the_child_ends_kindly_answers_in_two_taps_and_may_delete(talk: Page, havn_server: Server) -> None:
    child_says(talk, "That helped")
    talk.locator("details.more summary").click()
    talk.get_by_role("link", name="End the talk").click()
    talk.locator("dialog").get_by_role("button", name="End the talk").click()
    talk.wait_for_url("**/chat/ended*")
    talk.get_by_role("button", name="Yes").click()
    expect(talk.get_by_text("It helps us to be better")).to_be_visible()
    talk.get_by_role("link", name="Delete this talk now").click()
    talk.locator("dialog").get_by_role("button", name="Delete it now").click()
    talk.wait_for_url("**/chat/deleted*")
    talk.goto(f"{havn_server.url}/en/chat/talk")
    expect(talk).to_have_url(re.compile("/chat/code"))


@pytest.mark.parametrize("size", [(320, 640), (320, 256)], ids=["320 px", "400 %"])
def test_a_long_word_and_a_small_screen_do_not_make_the_talk_scroll_sideways(talk: Page, size: tuple[int, int]) -> None:
    talk.set_viewport_size({"width": size[0], "height": size[1]})
    child_says(talk, "w" * 3000)
    assert not overflows(talk)
    talk.locator("#text").scroll_into_view_if_needed()
    assert talk.locator(".composer__send").is_visible()


def test_the_whole_path_works_with_the_keyboard_alone(
    new_page: Callable[..., Page], havn_server: Server, desk: Page
) -> None:
    page = new_page()
    page.goto(f"{havn_server.url}/en/chat")
    reach(page, "button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat/waiting")
    take_next(desk)
    page.wait_for_url("**/chat/talk")
    reach(page, "#text")
    page.keyboard.type("by keys alone")
    page.keyboard.press("Enter")
    expect(desk.locator("#desk-thread")).to_contain_text("by keys alone")
    reach(page, "details.more summary")
    page.keyboard.press("Enter")
    reach(page, "a[href$='/chat/end']")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_visible()
    reach(page, "dialog form[action='/live/end'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat/ended*")


def test_a_wait_is_kept_over_a_reload(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    start_chat(page, havn_server.url)
    before = page.locator("[data-part=number]").inner_text()
    for _ in range(2):
        page.reload()
    assert page.locator("[data-part=number]").inner_text() == before
    page.locator("summary", has_text="Hard to know how to begin?").click()
    page.locator("#first-words").fill("my first words")
    page.reload()
    page.locator("summary", has_text="Hard to know how to begin?").click()
    assert page.locator("#first-words").input_value() == "my first words"
    page.goto(f"{havn_server.url}/en/chat/leave")
    page.locator("form[action='/live/leave'] button").click()
    page.wait_for_url("**/chat/ended*")


def reach(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
