"""A child answers an anonymous survey on a phone, with and without JavaScript, and reads what others said."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.test_easy import VOICES
from tests.server import Server

PHONE = {"width": 360, "height": 740}


def _answer(page: Page, server: Server, *, with_script: bool) -> None:
    page.goto(f"{server.url}/en/surveys")
    page.get_by_role("link", name="Gaming: what do you think?").first.click()
    expect(page.get_by_text("Nobody can see who you are.")).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("12 to 14").check()
    page.get_by_label("Every day").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("My family").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("My family")).to_be_checked()
    if with_script:  # the phone's own way back
        page.get_by_label("My family").check()
        page.keyboard.press("Shift")
        page.go_back()
        expect(page.get_by_label("Every day")).to_be_checked()
        page.get_by_role("button", name="Next").click()
    while page.get_by_role("button", name="Next").count():
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert not page.context.cookies()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_child_answers_on_a_phone(new_page: Callable[..., Page], havn_server: Server) -> None:
    _answer(new_page(viewport=PHONE), havn_server, with_script=True)


def test_a_child_answers_without_javascript_and_reads_results(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server
) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    _answer(page, havn_server, with_script=False)
    page.goto(f"{havn_server.url}/en/surveys")
    page.get_by_role("link", name="What others answered").click()
    expect(page.get_by_text("children and young people answered")).to_be_visible()
    expect(page.get_by_role("heading", name="What happened with your answers")).to_be_visible()
    expect(page.get_by_role("row", name="Every day").first).to_be_visible()
    desk = staff_page("data_officer")
    desk.goto(f"{havn_server.url}/en/desk/surveys")
    desk.get_by_role("link", name="Wave 3").click()
    expect(desk.get_by_text("10 or more")).to_be_visible()
    assert desk.get_by_role("link", name="Results", exact=True).count() == 0


def test_the_screens_of_surveys_pass_axe_and_stay_small(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None],
    watch: Watch,
) -> None:  # fmt: skip
    page = new_page(viewport={"width": 320, "height": 700})
    for address in ("/en/surveys", "/en/surveys/gaming/thanks", "/en/surveys/gaming/results/1", "/en/surveys/gaming"):
        page.goto(havn_server.url + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.get_by_role("button", name="Begin").click()
    for _part in range(5):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("document.documentElement.outerHTML.length") < 60_000
        if page.get_by_role("button", name="Next").count():
            page.get_by_role("button", name="Next").click()
    watch.allow("status of 422")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("You have not answered anything yet")
    desk = staff_page("data_officer", viewport=PHONE)
    for address in ("", "/new", "/questions", "/1", "/1/poster", "/1/waves/new", "/waves/1", "/waves/2",
                    "/waves/1/results", "/waves/2/codebook", "/waves/2/preview", "/1/comparison"):  # fmt: skip
        desk.goto(f"{havn_server.url}/en/desk/surveys{address}")
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_the_questions_are_read_aloud_by_the_phone_itself(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(viewport=PHONE)
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.goto(f"{havn_server.url}/en/surveys/gaming")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Read aloud").click()
    for _block in range(60):
        if not page.evaluate("window.speaking()"):
            break
        page.evaluate("window.saidIt()")
        page.evaluate("new Promise(requestAnimationFrame)")
    said = [text for text, _voice in page.evaluate("window.spoken")]
    for told in ("About you", "How old are you?", "12 to 14", "Every day", "Next"):
        assert told in said, said
    assert {voice for _text, voice in page.evaluate("window.spoken")} == {"Here"}
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
