"""A child who reads with effort: easy words from the first page to the talk, read aloud by the phone's own voice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.child import leave_the_line, overflows
from tests.journeys.story import counsellor_says, go_on_duty, take_next
from tests.server import Server

SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
MOST_KB = 60
# Voices as a browser lists them. A sentence lasts until the journey says that it was said.
VOICES = """
(() => {
  window.spoken = [];
  let words = null;
  const voices = [
    { lang: "en-GB", localService: false, name: "Elsewhere" },
    { lang: "en-US", localService: LOCAL, name: "Here" },
  ];
  const speech = {
    getVoices: () => voices, addEventListener() {}, removeEventListener() {},
    cancel() { const cut = words; words = null; if (cut) cut.dispatchEvent(new Event("error")); },
    speak(next) { words = next; window.spoken.push([next.text, next.voice.name]); },
  };
  window.saidIt = () => { const done = words; words = null; done.dispatchEvent(new Event("end")); };
  window.speaking = () => words !== null;
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
})();
"""


def test_a_child_starts_with_easy_words_hears_the_page_and_the_answer(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    axe: Callable[..., None],
) -> None:
    url = havn_server.url
    page = new_page(viewport=SMALLEST)
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.goto(f"{url}/en/")
    page.get_by_role("link", name="Start with easy words and pictures").click()
    expect(page.get_by_text("First you wait for your turn.")).to_be_visible()
    assert page.evaluate("window.spoken.length") == 0

    page.get_by_role("button", name="Read aloud").press("Enter")
    assert page.evaluate("window.spoken") == [["Chat with us", "Here"]]
    expect(page.locator(".aloud-now")).to_have_text("Chat with us")
    page.evaluate("window.saidIt()")
    expect(page.locator(".aloud-now")).to_have_text("You write to a grown-up.")
    page.keyboard.press("Enter")  # the button in its place pauses
    assert not page.evaluate("window.speaking()")
    page.get_by_role("button", name="Go on reading").press("Enter")
    assert page.evaluate("window.spoken.at(-1)") == ["You write to a grown-up.", "Here"]
    page.get_by_role("button", name="Stop").click()
    assert not page.evaluate("window.speaking()")
    assert page.locator(".aloud-now").count() == 0
    axe(page)

    page.get_by_role("button", name="Start the chat").click()
    page.wait_for_url("**/chat/waiting*")
    expect(page.get_by_text("Breathe in and count to 4.")).to_be_visible()
    axe(page)
    counsellor = staff_page("counsellor")
    go_on_duty(counsellor, url)
    take_next(counsellor)
    expect(counsellor.get_by_text("Easy words: short sentences, one thing at a time")).to_be_visible()
    page.wait_for_url("**/chat/talk*")
    counsellor_says(counsellor, "Hi. I am here.")
    answer = page.locator(".said--them", has_text="Hi. I am here.")
    expect(answer).to_be_visible()
    assert page.evaluate("window.spoken.length") == 0
    answer.get_by_role("button", name="Read aloud").click()
    assert page.evaluate("window.spoken") == [["Hi. I am here.", "Here"]]
    axe(page)
    # Quick exit empties the page and ends the voice with it.
    page.evaluate("document.body.textContent = ''")
    assert not page.evaluate("window.speaking()")
    page.goto(f"{url}/en/chat/end")
    page.locator("form[action='/live/end'] button").click()


def test_a_voice_that_works_elsewhere_is_never_used_and_not_offered(
    new_page: Callable[..., Page], havn_server: Server
) -> None:
    page = new_page()
    page.add_init_script(VOICES.replace("LOCAL", "false"))
    page.goto(f"{havn_server.url}/en/chat?easy=1")
    expect(page.get_by_text("You write to a grown-up.")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": SMALLEST, "color_scheme": "dark"},
        {"viewport": ZOOMED},
        {"viewport": SMALLEST, "forced_colors": "active"},
        {"viewport": SMALLEST, "java_script_enabled": False},
    ],
    ids=["dark", "400 %", "forced colours", "no script"],
)
def test_every_easy_page_fits_and_is_clear(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], options: dict[str, object]
) -> None:
    url = havn_server.url
    page = new_page(**options)
    script = options.get("java_script_enabled", True)
    forced = "forced_colors" in options

    def clear() -> None:
        assert page.locator(".pictogram").first.is_visible()
        if script:
            assert not overflows(page)
            axe(page, without=("color-contrast",) if forced else ())

    page.goto(f"{url}/en/chat?easy=1")
    clear()
    page.locator("form[action='/live/start'] button[type=submit]").click()
    page.wait_for_url("**/chat/waiting*")
    clear()
    page.get_by_role("button", name="All the words").click()
    expect(page.get_by_role("button", name="Easy to read")).to_be_visible()
    leave_the_line(page, url)
    page.goto(f"{url}/en/letter?easy=1")
    clear()
    page.fill("#text", "Dear you, I do not know what to do.")
    page.locator("form[action='/live/letter'] button").click()
    page.wait_for_url("**/letter/sent*")
    expect(page.get_by_text("Write the code down now.")).to_be_visible()
    clear()
    page.goto(f"{url}/en/letter/read")
    expect(page.get_by_text("Look again in one or two days.")).to_be_visible()


def test_the_easy_start_is_light_and_a_film_is_a_link(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{havn_server.url}/nb/chat?easy=1", wait_until="networkidle")
    assert 0 < sum(sizes) < MOST_KB * 1000, f"{sum(sizes) / 1000:.1f} KB"
    page.get_by_role("link", name="norsk tegnspråk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tegnspråk")
