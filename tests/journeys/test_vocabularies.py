"""A coordinator makes a new version of the reasons, publishes it for the next quarter, and takes it back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server import Server


def test_a_new_version_of_the_reasons(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    desk = staff_page("coordinator")
    figures = f"{havn_server.url}/en/desk/figures/report/quarter"
    desk.goto(figures)
    before = desk.locator("main").inner_text()
    desk.goto(f"{havn_server.url}/en/desk/lists")
    axe(desk)
    desk.get_by_role("link", name="Reasons").click()
    axe(desk)
    desk.get_by_role("button", name="Make a new version").click()
    _renames(desk, axe)
    _retires(desk)
    _adds(desk)
    for told in ("1 new: Deepfakes", "1 renamed: Games", "1 retired: Hate speech → Cyberbullying"):
        expect(desk.get_by_text(told)).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("Published. The desk offers it from")).to_be_visible()
    expect(desk.get_by_role("row").filter(has_text="next")).to_contain_text("Your own")
    axe(desk)
    _says_where_it_counts(desk, axe)
    desk.goto(figures)
    assert desk.locator("main").inner_text() == before
    desk.goto(f"{havn_server.url}/en/desk/lists/reason")
    desk.get_by_role("row").filter(has_text="next").get_by_role("link").click()
    desk.get_by_role("button", name="Take this version back").click()
    desk.get_by_role("button", name="Let the draft go").click()
    expect(desk.get_by_role("button", name="Make a new version")).to_be_visible()
    desk.set_viewport_size({"width": 320, "height": 700})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _renames(desk: Page, axe: Callable[..., None]) -> None:
    desk.get_by_role("link", name="Gaming").click()
    axe(desk)
    desk.get_by_label("English").fill("Games")
    desk.get_by_role("button", name="Keep in the draft").click()
    expect(desk.get_by_role("link", name="Games", exact=True)).to_be_visible()


def _retires(desk: Page) -> None:
    desk.get_by_role("link", name="Hate speech").click()
    desk.get_by_label("In the next version").select_option(label="It is retired")
    desk.get_by_label("If it is retired, what takes over").select_option(label="Cyberbullying")
    desk.get_by_role("button", name="Keep in the draft").click()


def _adds(desk: Page) -> None:
    desk.get_by_role("link", name="Add a term").click()
    desk.get_by_label("English").fill("Deepfakes")
    desk.get_by_role("button", name="Keep in the draft").click()


def _says_where_it_counts(desk: Page, axe: Callable[..., None]) -> None:
    desk.get_by_role("link", name="Where its terms count").click()
    axe(desk)
    choice = desk.get_by_label("Deepfakes, The network's list of 2023")
    choice.select_option(label="Non-consensual sharing of intimate images")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Saved: 1 place is another.")).to_be_visible()
