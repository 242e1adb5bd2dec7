"""Care and quality: a hard talk, two questions, somebody comes, a pause, and a drawn talk reviewed by somebody else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.story import counsellor_says, go_on_duty
from tests.journeys.test_desk_alarms import talk
from tests.journeys.test_desk_story import HEAR, close_everything, fill_record, sounds
from tests.server import Server

ANSWER = "We find somebody at your school."


@pytest.fixture
def desk(staff_page: Callable[..., Page], havn_server: Server) -> Iterator[Page]:
    """A counsellor on duty."""
    page = staff_page("counsellor")
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


def hard_talk(desk: Page, child: Page, url: str, name: str) -> None:
    """A talk about suicide, coded and closed."""
    talk(desk, child, url, name)
    counsellor_says(desk, ANSWER)
    fill_record(desk)
    desk.fill("[data-filter]", "suicide")
    desk.press("[data-filter]", "Enter")
    expect(desk.locator("[data-chips]")).to_contain_text("Suicide")
    expect(desk.locator("[data-record-state]")).to_have_text("Saved")
    desk.locator("[data-close]").click()
    expect(desk.locator("[data-care]")).to_be_visible()


def test_two_questions_somebody_comes_and_a_pause(
    new_page: Callable[..., Page], havn_server: Server, desk: Page, lead: Page, axe: Callable[..., None]
) -> None:
    hard_talk(desk, new_page(), havn_server.url, "Ro")
    axe(desk)
    desk.locator("[data-care]").get_by_label("It sits with me").check()
    desk.locator("[data-care]").get_by_label("Now", exact=True).check()
    desk.locator("[data-care]").get_by_role("button", name="Done").click()
    expect(lead.locator(".care-line[data-calls]")).to_contain_text("wants to talk with somebody now.")
    sounds(lead, 1)
    axe(lead)
    lead.locator(".care-line").get_by_role("button", name="I'm coming").click()
    sounds(lead, 0)
    expect(desk.locator(".care-line")).to_contain_text("comes to talk with you.")
    lead.locator(".care-line").get_by_role("button", name="We have talked").click()
    expect(desk.locator(".care-line")).to_have_count(0)

    hard_talk(desk, new_page(), havn_server.url, "Liv")
    desk.keyboard.press("Alt+s")
    expect(desk.locator("[data-care]")).to_have_count(0)
    expect(desk.locator("#care-pause-title")).to_contain_text("2 hard talks in a row")
    desk.get_by_role("button", name="Take a pause").click()
    expect(desk.locator("[data-next] button")).to_be_disabled()
    expect(desk.locator("#desk-next-why")).to_contain_text("You have a pause until")
    axe(desk)
    desk.get_by_role("button", name="End the pause").click()
    expect(desk.locator("[data-next] button")).to_be_enabled()
    desk.goto(f"{havn_server.url}/en/desk/care")
    expect(desk.locator("main")).to_contain_text("It sits with me")
    axe(desk)


def test_a_drawn_talk_is_reviewed_by_somebody_else(
    new_page: Callable[..., Page],
    staff_page: Callable[..., Page],
    havn_server: Server,
    desk: Page,
    lead: Page,
    axe: Callable[..., None],
    watch: Watch,
) -> None:
    # The answer to a review that lacks something.
    watch.allow("409")
    url = havn_server.url
    hard_talk(desk, new_page(), url, "Mai")
    chief = staff_page("coordinator")
    chief.goto(f"{url}/en/desk/settings/care")
    axe(chief)
    chief.fill("#id_sample_count", "20")
    chief.get_by_role("button", name="Save").click()
    chief.goto(f"{url}/en/desk/care/reviews")
    chief.get_by_role("button", name="Draw this week's talks now").click()
    expect(chief.locator("main")).to_contain_text("This week")
    axe(chief)

    lead.goto(f"{url}/en/desk/care/reviews")
    # What goes last was closed last.
    lead.get_by_role("button", name="Review it").last.click()
    expect(lead.locator(".care-log")).to_contain_text(ANSWER)
    assert "Mai" not in lead.locator("main").inner_text()
    lead.get_by_role("button", name="Send to the counsellor").click()
    expect(lead.get_by_role("alert")).to_contain_text("answers are still missing")
    for question in lead.locator(".care-criterion").all():
        question.locator("[type=radio]").last.check()
    lead.fill("#note-whole", "You stayed with the child.")
    axe(lead)
    lead.get_by_role("button", name="Send to the counsellor").click()
    expect(lead.locator("main")).to_contain_text("Talks to review")

    desk.goto(f"{url}/en/desk")
    desk.locator(".care-note a").click()
    desk.get_by_role("link", name="Open").first.click()
    expect(desk.locator(".care-words").first).to_contain_text("You stayed with the child.")
    axe(desk)
