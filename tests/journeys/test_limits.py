"""A chat that tests the line: a kind word, slower, a pause that somebody else approves. And a child who comes often."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.story import child_says, go_on_duty, start_chat, take_next
from tests.journeys.test_desk_alarms import talk
from tests.journeys.test_desk_story import close_everything
from tests.server import Server


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A counsellor on duty."""
    page = staff_page("counsellor")
    go_on_duty(page, havn_server.url)
    yield page
    close_everything(page, havn_server.url)


def ask(desk: Page, button: str) -> None:
    """Press one step in the menu of the talk's head, once it is there: an open menu is not drawn anew."""
    expect(desk.get_by_role("button", name=button, include_hidden=True)).to_have_count(1)
    desk.locator("summary", has_text="Limits").click()
    desk.get_by_role("button", name=button).click()


def test_a_kind_word_slower_and_a_pause_by_two_people_and_the_letterbox_stays_open(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    desk: Page,
    axe: Callable[..., None],
    watch: Watch,
) -> None:
    watch.allow("status of 429")
    watch.allow("status of 409")
    url, child = havn_server.url, new_page()
    talk(desk, child, url, "Rocket")
    wall = staff_page("supervisor")
    wall.goto(f"{url}/en/desk/wall")

    # A key that ends a chat in which nothing was said does nothing while somebody is typing.
    with_key = desk.locator('[data-short="1"]')
    expect(with_key).to_have_count(1)
    desk.fill("#desk-text", "Hello")
    desk.press("#desk-text", "Alt+1")
    desk.fill("#desk-text", "")
    ask(desk, "Say a kind word")
    expect(child.locator(".said--them")).to_contain_text("It is fine to try us out")
    ask(desk, "Ask to make it slower")
    expect(desk.locator(".limits-strip")).to_contain_text("Waiting for a colleague's yes")
    expect(wall.locator(".limits-line")).to_contain_text("asks to make a chat slower")
    axe(wall)
    wall.get_by_role("button", name="Yes, do it").click()
    expect(child.locator("main")).to_contain_text("one message every 20 seconds")
    axe(desk)
    # Every live process knows within a second or two.
    child.wait_for_timeout(2_000)
    child_says(child, "la la la")
    desk.reload()
    expect(with_key).to_have_count(0)
    child.locator("#text").fill("and more of it")
    child.locator("#text").press("Enter")
    expect(child.locator("[data-part=trouble]")).to_contain_text("Your words are still here")
    expect(child.locator("#text")).to_have_value("and more of it")
    axe(child)

    ask(desk, "Ask for a pause")
    expect(wall.locator(".limits-line")).to_contain_text("asks for a pause of a chat")
    wall.get_by_role("button", name="Yes, do it").click()
    child.get_by_role("link", name="Go on").click()
    expect(child.locator("h1")).to_have_text("We take a break")
    axe(child)
    assert child.context.cookies()[0]["httpOnly"]
    child.goto(f"{url}/en/chat")
    expect(child.locator("h1")).to_have_text("We take a break")
    axe(child)
    child.get_by_role("link", name="Write a letter").first.click()
    child.fill("#text", "Sorry, I was only trying.")
    child.get_by_role("button", name="Send the letter").click()
    child.wait_for_url("**/letter/sent")
    child.goto(f"{url}/en/chat")
    child.get_by_role("button", name="I'm in danger now").click()
    child.wait_for_url("**/chat/waiting*")

    other = new_page()
    start_chat(other, url, name="Somebody else")
    wall.reload()
    expect(wall.locator("#limits-pauses")).to_be_visible()
    for page in (child, other):
        page.goto(f"{url}/en/chat/leave")
        page.get_by_role("button", name="Leave the line").click()
        page.wait_for_url("**/chat/ended")
    wall.get_by_role("button", name="Lift it").first.click()
    expect(wall.locator("#limits-pauses")).to_have_count(0)
    child.goto(f"{url}/en/chat")
    expect(child.get_by_role("button", name="Start the chat")).to_be_visible()


def test_a_child_is_recognised_by_a_code_if_it_wants_and_deletes_the_plan(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, axe: Callable[..., None], watch: Watch
) -> None:
    watch.allow("status of 404")
    url, child = havn_server.url, new_page(java_script_enabled=False)
    talk_by_pages(desk, child, url, "Otter")
    desk.get_by_role("link", name="Care plan").click()
    desk.get_by_role("button", name="Offer a care plan").click()
    desk.fill("#id_for_child", "We begin calmly.")
    desk.fill("#id_helps", "a walk first")
    axe(desk)
    desk.get_by_role("button", name="Save").click()
    child.goto(f"{url}/en/chat/talk")
    child.get_by_role("link", name="What that is, and your code for it").click()
    child.get_by_role("button", name="Show me the code").click()
    code = child.locator(".code").text_content() or ""
    child.get_by_role("link", name="I have noted it").click()
    close_everything(desk, url)

    go_on_duty(desk, url)
    child.goto(f"{url}/en/chat/ended")
    child.get_by_role("button", name="Done").click()
    child.goto(f"{url}/en/chat")
    child.locator("summary", has_text="I have been here before").click()
    child.fill("#plan-code", code.strip().lower())
    child.fill("#name", "Otter")
    child.get_by_role("button", name="Start the chat").click()
    child.wait_for_url("**/chat/waiting*")
    take_next(desk)
    expect(desk.locator(".limits-plan")).to_contain_text("a walk first")
    axe(desk)

    page = new_page()
    page.goto(f"{url}/en/plan")
    axe(page)
    page.fill("#code", "0000-0000-0000-0000-0000")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("This code opens nothing")
    page.fill("#code", code)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("main")).to_contain_text("We begin calmly.")
    assert "a walk first" not in page.content()
    axe(page)
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.locator("h1")).to_have_text("It is deleted")
    desk.reload()
    expect(desk.locator(".limits-plan")).to_have_count(0)


def talk_by_pages(desk: Page, child: Page, url: str, name: str) -> None:
    """A child without script in a talk."""
    start_chat(child, url, name=name)
    take_next(desk)
    child.goto(f"{url}/en/chat/talk")
