"""Resources in a browser: a teacher finds a lesson by aim, shows and prints it; a child opens the easy-read page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import eventually
from tests.server import Server

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
# Voices as a browser lists them: one of this device and one that works elsewhere.
VOICES = """
(() => {
  window.spoken = [];
  const voices = [{ lang: "nb-NO", localService: LOCAL, name: "A voice" }];
  const speech = {
    getVoices: () => voices, addEventListener() {}, removeEventListener() {}, cancel() {},
    speak(words) {
      window.spoken.push([words.text, words.lang]);
      setTimeout(() => words.dispatchEvent(new Event("end")), 0);
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
})();
"""


def test_a_teacher_finds_a_lesson_by_its_aim_and_prints_it_without_script(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False, locale="nb-NO")
    page.goto(f"{havn_server.url}/en/learn/aims")
    page.locator("#age").select_option("9")
    page.locator("#minutes").select_option("45")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="talk about the rules and norms for protection of privacy").click()
    found = page.get_by_role("region", name="1 resource for this aim")
    found.get_by_role("link", name="Who sees what?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who sees what?")
    expect(page.get_by_text("8 to 10 years")).to_be_visible()
    address = page.get_by_role("link", name="Print").get_attribute("href")
    printed = page.request.get(f"{havn_server.url}{address}")
    assert printed.ok
    assert printed.body().startswith(b"%PDF")
    page.get_by_role("link", name="Show in class").click()
    for number in range(2, 6):
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_text(f"Step {number} of 5")).to_be_visible()
    page.get_by_role("link", name="The lesson is over").click()
    page.wait_for_url("**/en/learn/who-sees-what")
    page.get_by_role("link", name="Worksheet: three rings").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_of_a_resource_is_clear_on_any_screen(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], scheme: str
) -> None:
    page = new_page(viewport=SMALLEST, color_scheme=scheme)
    wide = new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    here = f"{havn_server.url}/en/learn"
    aim = "aims?aim=lk20-4-saf-privacy"
    for path in (aim, "who-sees-what", "who-sees-what/lesson?step=3", "who-sees-what/easy", "you-can-say-no/easy"):
        for one in (page, wide):
            one.goto(f"{here}/{path}")
            axe(one)
            assert one.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_arrow_keys_go_on_and_back_and_the_whole_screen_stays_whole(
    new_page: Callable[..., Page], havn_server: Server
) -> None:
    page = new_page()
    page.goto(f"{havn_server.url}/en/learn/who-sees-what/lesson")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()
    page.get_by_role("button", name="Whole screen").click()
    eventually(page, "() => document.fullscreenElement !== null")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    assert page.evaluate("document.fullscreenElement !== null")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.url.endswith("?step=2")


def test_a_child_opens_the_easy_read_page_and_has_it_read_aloud_by_the_device(
    new_page: Callable[..., Page], havn_server: Server
) -> None:
    page = new_page(viewport=PHONE, locale="nb-NO")
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.goto(f"{havn_server.url}/nb/laer/du-kan-si-nei")
    page.locator("a[href$='/easy']").click()
    start = page.locator("[data-start]")
    box = start.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    start.click()
    eventually(page, "() => window.spoken.length === 6")
    assert page.evaluate("window.spoken[0]") == ["Noen vil ta et bilde av deg.", "nb"]
    assert page.evaluate("document.querySelectorAll('.easy__sentence--read').length") == 0
    page.locator("[data-say]").nth(2).click()
    eventually(page, "() => window.spoken.length === 7")
    assert page.evaluate("window.spoken[6][0]") == "Du kan si nei."
    page.locator("main a[href='/nb/laer/du-kan-si-nei']").click()
    page.wait_for_url("**/nb/laer/du-kan-si-nei")


def test_a_voice_that_works_elsewhere_is_never_used(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(locale="nb-NO")
    page.add_init_script(VOICES.replace("LOCAL", "false"))
    page.goto(f"{havn_server.url}/nb/laer/du-kan-si-nei/easy")
    eventually(page, "() => customElements.get('read-aloud') !== undefined")
    expect(page.locator("[data-start]")).to_be_hidden()
    assert page.locator("[data-say]:visible").count() == 0
    plain = new_page(java_script_enabled=False)
    plain.goto(f"{havn_server.url}/nb/laer/du-kan-si-nei/easy")
    expect(plain.locator(".easy__words", has_text="De må spørre deg først.")).to_be_visible()
    assert plain.locator("main button:visible").count() == 0
