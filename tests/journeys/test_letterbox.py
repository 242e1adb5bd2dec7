"""A letter from the first word to the site and off it again, with a second reading, none of it needing a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch, eventually
from tests.journeys.child import overflows
from tests.journeys.story import go_on_duty
from tests.server import Server

LETTER = "Somebody in my class shares a picture of me. His name is Jake. What can I do?"
ANSWER = "It is not your fault. Tell a grown-up you trust, and we help to get it taken down."
TITLE = "Somebody shares my picture. What can I do?"


def _set_second_reading(lead: Page, url: str, policy: str) -> None:
    lead.goto(f"{url}/en/desk/letters/settings")
    lead.select_option("[name=second_reading]", policy)
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("status").first).to_contain_text("Saved")


@pytest.fixture
def lead(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A coordinator whose helpline reads every answer twice while the test runs."""
    page = staff_page("coordinator")
    _set_second_reading(page, havn_server.url, "always")
    yield page
    _set_second_reading(page, havn_server.url, "never")


def _write(child: Page, url: str) -> str:
    """The child writes, allows publishing and notes the code."""
    child.goto(f"{url}/en/letter")
    if child.locator("#language").count():
        child.select_option("#language", "en")
    child.fill("#text", LETTER)
    assert not child.locator("#publish").is_checked()
    child.check("#publish")
    child.get_by_role("button", name="Send the letter").click()
    child.wait_for_url("**/letter/sent")
    code = (child.locator(".code").text_content() or "").strip()
    child.get_by_role("button", name="I have noted it").click()
    return code


def _open(child: Page, url: str, code: str) -> None:
    child.goto(f"{url}/en/chat/code")
    child.fill("#code", code)
    child.get_by_role("button", name="Open").click()
    child.wait_for_url("**/letter/read")


def test_a_letter_is_answered_by_two_published_by_two_and_taken_off_by_its_code(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, lead: Page, watch: Watch
) -> None:
    url = havn_server.url
    child = new_page(java_script_enabled=False)
    code = _write(child, url)

    # A counsellor takes it from the list and writes; what is typed is kept by itself.
    desk = staff_page("counsellor")
    go_on_duty(desk, url)
    desk.goto(f"{url}/en/desk/letters?state=waiting&language=en")
    desk.locator(".letters-row", has_text="Take it").last.get_by_role("button", name="Take it").click()
    desk.wait_for_url("**/desk/letters/*")
    expect(desk.get_by_text(LETTER)).to_be_visible()
    assert desk.get_by_role("button", name="Send to the child").count() == 0
    desk.fill("#text", ANSWER[:25])
    eventually(desk, "() => document.querySelector('[data-state]').textContent.includes('kept')")
    desk.reload()
    assert desk.locator("#text").input_value() == ANSWER[:25]
    desk.fill("#text", ANSWER)
    desk.get_by_role("button", name="Ask for a second reading").click()
    expect(desk.get_by_text("It waits for a colleague who reads it before it goes.")).to_be_visible()
    _open(child, url, code)
    expect(child.get_by_text("Nobody has answered yet.")).to_be_visible()

    # A colleague reads it and sends it.
    lead.goto(f"{url}/en/desk/letters?state=reading")
    lead.get_by_role("link", name="Read it").first.click()
    assert lead.get_by_text(ANSWER).count() == 0
    lead.get_by_role("button", name="Read it").click()
    expect(lead.get_by_text(ANSWER)).to_be_visible()
    lead.get_by_role("button", name="Send to the child").click()
    expect(lead.get_by_text("The answer is with the child.")).to_be_visible()
    child.reload()
    expect(child.locator(".said--them")).to_contain_text(ANSWER)
    expect(child.get_by_text("You said yes. It is not on this site yet.")).to_be_visible()

    _publish(desk, lead, url)

    reader = new_page(java_script_enabled=False)
    reader.goto(f"{url}/en/answers?q=shares+picture")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text(ANSWER)).to_be_visible()
    assert "Jake" not in reader.content()
    published = reader.url
    child.reload()
    expect(child.get_by_text("You said yes, and it is on this site now.")).to_be_visible()
    child.get_by_role("button", name="Done").click()

    # With the code alone.
    watch.allow("status of 404")
    child.goto(f"{url}/en/answers/withdraw")
    child.fill("#code", code)
    child.get_by_role("button", name="Take it off").click()
    expect(child.get_by_text("This stays so.")).to_be_visible()
    gone = reader.goto(published)
    assert gone is not None
    assert gone.status == 404
    _open(child, url, code)
    expect(child.get_by_text("This stays so.")).to_be_visible()


def _publish(desk: Page, lead: Page, url: str) -> None:
    """The counsellor prepares it, the coordinator publishes it."""
    desk.goto(f"{url}/en/desk/letters/publish")
    desk.get_by_role("link", name="Prepare").first.click()
    expect(desk.get_by_text(LETTER).first).to_be_visible()
    desk.fill("#title", TITLE)
    desk.check("[name=topics][value=ncsii]")
    jake = desk.locator(".letter-decide", has_text="Jake")
    jake.get_by_label("Change to").check()
    jake.get_by_label("Other words").fill("someone")
    for one in desk.locator(".letter-decide", has_not_text="Jake").all():
        one.get_by_label("Gives nobody away").check()
    desk.get_by_role("button", name="Ready for a second person").click()
    expect(desk.get_by_text("A second person decides now whether it is published.")).to_be_visible()
    lead.goto(f"{url}/en/desk/letters/publish")
    lead.get_by_role("link", name="Read and decide").first.click()
    lead.get_by_role("button", name="Publish").click()
    expect(lead.get_by_text("It is on the site.")).to_be_visible()


def test_the_screens_of_letters_pass_axe_and_fit_a_small_phone(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    url = havn_server.url
    page = new_page(viewport={"width": 320, "height": 640})
    for path in ("", "?q=nothing+at+all", "/how-do-i-stop-playing-at-night", "/withdraw"):
        page.goto(f"{url}/en/answers{path}")
        axe(page)
        assert not overflows(page), path
    lead = staff_page("coordinator", viewport={"width": 360, "height": 740})
    paths = ["/letters", "/letters?state=answered", "/letters/publish", "/letters/settings", "/when", "/wall"]
    for path in paths:
        lead.goto(f"{url}/en/desk{path}")
        axe(lead)
        assert not overflows(lead), path
    lead.goto(f"{url}/en/desk/letters/publish")
    lead.get_by_role("link", name="Prepare").first.click()
    axe(lead)
    assert not overflows(lead)
    go_on_duty(lead, url)
    lead.goto(f"{url}/en/desk/letters?state=waiting")
    lead.get_by_role("button", name="Take it").first.click()
    lead.wait_for_url("**/desk/letters/*")
    axe(lead)
    assert not overflows(lead)
    lead.get_by_role("button", name="Lay the letter back").click()
    lead.wait_for_url("**/desk/letters")
    lead.goto(f"{url}/en/desk")
    lead.locator("form[action$='/duty/off'] button").first.evaluate("button => button.form.submit()")


def test_what_was_sent_is_not_kept_again_when_the_page_is_left(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server
) -> None:
    url = havn_server.url
    _write(new_page(java_script_enabled=False), url)
    desk = staff_page("counsellor")
    go_on_duty(desk, url)
    desk.goto(f"{url}/en/desk/letters?state=waiting&language=en")
    desk.locator(".letters-row", has_text="Take it").last.get_by_role("button", name="Take it").click()
    desk.wait_for_url("**/desk/letters/*")
    posted: list[str] = []
    desk.on("request", lambda request: posted.append(request.url))
    desk.fill("#text", ANSWER)
    desk.get_by_role("button", name="Send to the child").click()
    expect(desk.get_by_text("The answer is with the child.")).to_be_visible()
    assert [address.rpartition("/")[2] for address in posted if "/desk/letters/" in address] == ["send"]


def test_the_list_draws_itself_keeps_the_focus_says_what_came_and_makes_no_desk_look_alive(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server
) -> None:
    url = havn_server.url
    _write(new_page(), url)
    desk, colleague = staff_page("counsellor"), staff_page("coordinator")
    pongs: list[str] = []
    desk.on("request", lambda request: pongs.append(request.url) if request.url.endswith("/pong") else None)
    desk.goto(f"{url}/en/desk/letters?state=waiting&language=en")
    rows = desk.locator(".letters-row")
    expect(rows.first).to_be_visible()
    before = rows.count()
    taken = rows.last.get_attribute("data-letter") or ""
    rows.last.get_by_role("button", name="Take it").focus()

    _write(new_page(), url)
    expect(rows).to_have_count(before + 1)
    expect(desk.locator("[data-said]")).to_have_text("New letters: 1")
    expect(desk.locator(f"[data-letter='{taken}'] button")).to_be_focused()

    # A colleague takes the very letter: the focus falls on the list, not on the next child's button.
    go_on_duty(colleague, url)
    colleague.goto(f"{url}/en/desk/letters?state=waiting&language=en")
    colleague.locator(f"[data-letter='{taken}']").get_by_role("button", name="Take it").click()
    colleague.wait_for_url("**/desk/letters/*")
    expect(desk.locator(f"[data-letter='{taken}']")).to_have_count(0)
    expect(desk.get_by_role("group", name="The list of letters")).to_be_focused()
    expect(rows).to_have_count(before)
    assert pongs == []
    assert not overflows(desk)
