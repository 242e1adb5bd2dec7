"""The network writes a quarter's article and publishes it; a helpline notices something, another centre confirms it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server


def test_a_quarter_is_written_marked_published_and_read_without_javascript(
    staff_page: Callable[..., Page],
    new_page: Callable[..., Page],
    havn_server: Server,
    watch: Watch,
    axe: Callable[..., None],
) -> None:
    # The network has no helpline, so that signing in leads its people to a desk that is not theirs.
    watch.allow("status of 403")
    network = f"http://network.localhost:{havn_server.port}"
    desk = staff_page("coordinator", url=network, java_script_enabled=False)
    desk.goto(f"{network}/en/desk/trends")
    expect(desk.get_by_role("heading", name="Figures to look at")).to_be_visible()
    desk.get_by_role("link", name="The article of this quarter").click()
    first = desk.get_by_label("Paragraph 1", exact=True)
    words = first.input_value()
    first.fill(words + " That is 123 a day.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("The words are saved.")
    expect(desk.get_by_text("“123” does not stand as it was computed")).to_be_visible()
    desk.get_by_label("Paragraph 1", exact=True).fill(words)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("does not stand as it was computed")).to_have_count(0)
    desk.get_by_role("button", name="Save, and publish in all languages").click()
    desk.get_by_role("link", name="The public page").click()

    reader = new_page(java_script_enabled=False, viewport={"width": 320, "height": 700})
    reader.goto(desk.url)
    expect(reader.get_by_text("contacts about something online")).to_be_visible()
    expect(reader.get_by_role("heading", name="Who reported")).to_be_visible()
    assert not reader.context.cookies()

    looking = new_page(viewport={"width": 320, "height": 700})
    for address in (desk.url, f"{network}/en/trends", f"{network}/en/trends/history"):
        looking.goto(address)
        assert looking.get_by_role("heading", level=1).count() == 1
        axe(looking)
        assert looking.evaluate("document.documentElement.scrollWidth") <= 320, address
    # Where the published history was drawn, a table says the same.
    looking.goto(f"{network}/en/trends")
    looking.get_by_text("The same as a table").first.click()
    expect(looking.get_by_role("cell", name="just under 28,000")).to_be_visible()


def test_what_one_helpline_notices_another_confirms_and_the_group_decides(
    staff_page: Callable[..., Page], havn_server: Server, watch: Watch, axe: Callable[..., None]
) -> None:
    watch.allow("status of 403")
    network = f"http://network.localhost:{havn_server.port}"
    norway = staff_page("data_officer", viewport={"width": 360, "height": 740})
    norway.goto(f"{havn_server.url}/en/desk/early-warning")
    axe(norway)
    norway.get_by_role("link", name="Write an observation").click()
    text = "more ask about voices that were made to sound like a parent"
    norway.get_by_label("What your helpline notices").fill(text)
    norway.get_by_label("E-crime").check()
    axe(norway)
    norway.get_by_role("button", name="Keep it").click()
    expect(norway.get_by_role("status")).to_contain_text("The observation is kept.")

    denmark = staff_page("data_officer", url=havn_server.other_url)
    denmark.goto(f"{havn_server.other_url}/en/desk/early-warning")
    mine = denmark.locator(".panel", has_text=text)
    mine.get_by_label("We see the same").fill("two or three a week")
    mine.get_by_role("button", name="Confirm").click()
    expect(denmark.locator(".panel", has_text=text)).to_contain_text("sees the same. two or three a week")

    group = staff_page("early_warning", url=network)
    group.goto(f"{network}/en/desk/early-warning")
    group.get_by_role("link", name="Call a meeting").click()
    group.get_by_label("Day").fill("2026-12-11")
    group.get_by_label("Time").fill("11:00")
    group.get_by_role("button", name="Make the agenda").click()
    axe(group)
    point = group.get_by_role("listitem").filter(has_text=text)
    point.get_by_label("What was decided").fill("A warning goes to all helplines.")
    point.get_by_label("The matter is closed").check()
    point.get_by_role("button", name="Note it").click()
    expect(group.get_by_role("listitem").filter(has_text=text)).to_contain_text("A warning goes to all helplines.")
    group.goto(f"{network}/en/desk/early-warning")
    expect(group.get_by_text(text)).to_have_count(0)


def test_the_desk_of_trends_fits_a_small_phone(
    staff_page: Callable[..., Page], havn_server: Server, watch: Watch, axe: Callable[..., None]
) -> None:
    watch.allow("status of 403")
    desk = staff_page("data_officer", viewport={"width": 360, "height": 740})
    for address in ("", "/history", "/breaks"):
        desk.goto(f"{havn_server.url}/en/desk/trends{address}")
        assert desk.get_by_role("heading", level=1).count() == 1
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, address
