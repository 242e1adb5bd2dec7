"""Nobody alone with a hard talk: whisper and take-over with three browsers, a hand, colleagues, danger with two."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import child_says, counsellor_says, go_on_duty
from tests.journeys.test_desk_alarms import talk
from tests.journeys.test_desk_story import HEAR, close_everything, sounds
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A counsellor who hears."""
    page = staff_page("counsellor")
    page.add_init_script(HEAR)
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


@pytest.fixture
def lead(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A supervisor who hears and only watches."""
    page = staff_page("supervisor")
    page.add_init_script(HEAR)
    page.goto(f"{havn_server.url}/en/desk")
    page.select_option("#duty-seats", "0")
    page.locator("[data-duty-on] button[type=submit]").click()
    page.locator("[data-heard]").click()
    expect(page.locator("[data-next]")).to_be_visible()
    yield page
    close_everything(page, havn_server.url)


def read_along(lead: Page, url: str, name: str) -> None:
    lead.goto(f"{url}/en/desk/wall")
    lead.get_by_role("button", name="Read along").first.click()
    expect(lead.locator("#desk-thread-title")).to_have_text(name)


def seqs(child: Page) -> list[int]:
    """The places that the child's page knows."""
    return [int(one) for one in child.evaluate("[...document.querySelectorAll('[data-seq]')].map(x => x.dataset.seq)")]


def test_whisper_and_take_over_with_three_browsers(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    child = new_page()
    talk(desk, child, havn_server.url, "Vera")
    read_along(lead, havn_server.url, "Vera")
    heard: list[str] = []
    child.on("response", lambda answer: heard.append(answer.url))
    before = seqs(child)
    # The counsellor looks elsewhere, so that the whisper has to call.
    desk.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden', configurable: true})")
    lead.locator("#whisper-text").fill("Ask whether somebody is at home.")
    lead.locator("#whisper-text").press("Enter")
    expect(lead.locator("[data-kind=whisper]")).to_contain_text("Ask whether somebody is at home.")
    expect(lead.locator("#whisper-text")).to_have_value("")
    expect(desk.locator("[data-kind=whisper]")).to_contain_text("Ask whether somebody is at home.")
    sounds(desk, 1)
    desk.evaluate("delete document.visibilityState")
    sounds(desk, 0)
    axe(desk)
    axe(lead)
    counsellor_says(desk, "Is somebody at home with you?")
    expect(child.locator("main")).to_contain_text("Is somebody at home with you?")
    assert "whether somebody" not in child.content()
    after = seqs(child)
    assert after == [*before, before[-1] + 1]

    lead.get_by_role("link", name="Take over").click()
    axe(lead)
    lead.fill("#reason", "I know this one.")
    lead.get_by_role("button", name="Take over").click()
    expect(child.locator("main")).to_contain_text("writes with you")
    expect(desk.locator(".sup-strip")).to_contain_text("I know this one.")
    expect(desk.locator(".desk-strip")).to_contain_text("You read along in silence")
    expect(desk.locator("#desk-text")).to_have_count(0)
    counsellor_says(lead, "I am here now, Vera.")
    expect(child.locator("main")).to_contain_text("I am here now, Vera.")
    child_says(child, "hello you")
    expect(desk.locator("[data-messages]")).to_contain_text("hello you")
    axe(desk)
    lead.get_by_role("button", name="Give back").click()
    expect(desk.locator("#desk-text")).to_be_visible()
    counsellor_says(desk, "And here I am again.")
    expect(child.locator("main")).to_contain_text("And here I am again.")
    expect(lead.locator("#whisper-text")).to_be_visible()
    lead.get_by_role("button", name="Stop reading").click()


def test_taking_over_needs_no_script(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page
) -> None:
    talk(desk, new_page(), havn_server.url, "Nils")
    plain = new_page(java_script_enabled=False, storage_state=lead.context.storage_state())
    plain.goto(f"{havn_server.url}/en/desk/wall")
    plain.get_by_role("button", name="Read along").first.click()
    plain.get_by_role("link", name="Take over").click()
    plain.fill("#reason", "without a script")
    plain.get_by_role("button", name="Take over").click()
    expect(desk.locator(".sup-strip")).to_contain_text("without a script")
    plain.get_by_role("button", name="Give back").click()
    expect(desk.locator("#desk-text")).to_be_visible()


def test_a_hand_calls_until_somebody_comes(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    talk(desk, new_page(), havn_server.url, "Odd")
    lead.goto(f"{havn_server.url}/en/desk/wall")
    lead.locator("[data-sound-start]").click()
    desk.keyboard.press("Alt+h")
    expect(desk.locator(".sup-line[data-mine]")).to_contain_text("Your hand is up.")
    expect(lead.locator("[data-hand-up]")).to_contain_text("needs you.")
    sounds(lead, 1)
    axe(lead)
    axe(desk)
    lead.get_by_role("button", name="I'm coming").click()
    lead.wait_for_url("**/desk/wall*")
    expect(desk.locator(".sup-line[data-mine]")).to_contain_text("is coming to you.")
    expect(lead.locator("[data-hand-up]")).to_contain_text("is coming.")
    assert lead.evaluate("window.sounding") == 0
    desk.get_by_role("button", name="Hand down").click()
    expect(desk.locator(".sup-line[data-mine]")).to_have_count(0)
    expect(lead.locator("[data-hand-up]")).to_have_count(0)


def test_colleagues_beside_a_talk(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    child = new_page()
    talk(desk, child, havn_server.url, "Tuva")
    desk.get_by_text("Ask colleagues").click()
    for box in desk.locator(".desk-menu[open] [name=colleagues]").all():
        box.check()
    desk.fill("#side-text", "How would you go on?")
    axe(desk)
    desk.locator(".desk-menu[open]").get_by_role("button", name="Ask").click()
    expect(desk.locator("[data-kind=aside]")).to_contain_text("How would you go on?")
    lead.locator("[data-asked]").get_by_role("button", name="Come").click()
    expect(lead.locator("[data-kind=aside]")).to_contain_text("How would you go on?")
    lead.fill("#side-say", "Slowly.")
    lead.locator("#side-say").press("Enter")
    expect(desk.locator("[data-messages]")).to_contain_text("Slowly.")
    axe(lead)
    assert "Slowly." not in child.content()
    desk.get_by_role("button", name="Close it for everybody").click()
    expect(lead.locator("[data-kind=aside]")).to_have_count(0)
    expect(desk.locator(".sup-side")).to_have_count(0)


def test_imminent_danger_with_two_people(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    talk(desk, new_page(), havn_server.url, "Ask")
    desk.locator("summary[data-key=risk]").click()
    expect(desk.locator(".desk-menu[open] .sup-criteria")).to_be_visible()
    desk.get_by_role("button", name="Imminent danger").click()
    expect(desk.locator(".sup-strip[data-danger]")).to_contain_text("No second person yet.")
    expect(lead.locator(".sup-line[data-danger]")).to_contain_text("needs a second person")
    axe(lead)
    lead.get_by_role("button", name="I'm the second person").click()
    lead.wait_for_url("**/danger")
    axe(lead)
    desk.goto(f"{havn_server.url}/en/desk")
    desk.get_by_role("link", name="Checklist for imminent danger").click()
    expect(desk.locator("main")).to_contain_text("Second person:")
    for box in desk.locator("[name=done]").all():
        box.check()
    for name, words in (
        ("decision", "We called the ambulance."),
        ("basis", "The child agreed"),
        ("disclosed", "The street, to the ambulance."),
        ("told", "That we call, and why."),
    ):
        desk.fill(f"#{name}", words)
    axe(desk)
    desk.get_by_role("button", name="Save and ask to close it").click()
    expect(desk.locator("main")).to_contain_text("has asked to close it")
    lead.reload()
    expect(lead.locator("#disclosed")).to_have_value("The street, to the ambulance.")
    lead.get_by_role("button", name="Close it, as the second of two").click()
    expect(lead.locator("body")).to_contain_text("Closed by both.")
    desk.reload()
    expect(desk.locator(".sup-who")).to_contain_text("Closed")
    desk.goto(f"{havn_server.url}/en/desk")
    expect(desk.locator(".sup-strip")).to_contain_text("closed by two")


def test_a_note_goes_to_the_next_shift(havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]) -> None:
    desk.get_by_text("Off duty", exact=True).click()
    desk.get_by_role("link", name="Leave a note to the next shift").click()
    desk.fill("#note-text", "A girl may come back at nine.")
    axe(desk)
    desk.get_by_role("button", name="Keep it and go off duty").click()
    desk.wait_for_url("**/desk?*")
    lead.goto(f"{havn_server.url}/en/desk")
    lead.locator("[data-notes] summary").click()
    expect(lead.locator("[data-notes]")).to_contain_text("A girl may come back at nine.")
    axe(lead)
    go_on_duty(desk, havn_server.url)
