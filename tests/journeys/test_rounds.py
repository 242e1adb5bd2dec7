"""A data officer answers by screen, with figures of the own records, and by spreadsheet; the network asks back, gets
its answer, accepts and publishes."""

import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import sign_in
from tests.server import Server

ASKED = "Is the evening line in this number?"


def own_round(page: Page, url: str, axe: Callable[..., None]) -> None:
    """Figures of the records are taken by a press, changed by hand, put back, and sent in from the screen."""
    page.goto(f"{url}/en/desk/rounds")
    axe(page)
    page.get_by_role("region", name="What your centre is asked").get_by_role("row").filter(
        has_text=re.compile(" to ")
    ).get_by_role("link").click()
    first = page.get_by_role("button", name=re.compile("^Use the figure ?: Contacts about something online$"))
    expect(first).to_be_visible()
    page.get_by_role("button", name="Fill what is empty from our records").click()
    expect(page.get_by_text("As in your records").first).to_be_visible()
    number = page.get_by_label("Contacts about something online")
    assert int(number.input_value()) > 0
    number.fill("654321")
    expect(page.get_by_text("Kept.")).to_be_visible()
    # Signed out, and in again in another tab: the page goes on with what is typed.
    page.context.clear_cookies()
    number.fill("12345")
    expect(page.get_by_text("You are signed out or locked.")).to_be_visible(timeout=20_000)
    other = page.context.new_page()
    sign_in(other, url, "data_officer")
    other.close()
    number.fill("123456")
    expect(page.get_by_text("Kept.")).to_be_visible(timeout=20_000)
    page.reload()
    assert page.get_by_label("Contacts about something online").input_value() == "123456"
    expect(page.get_by_text("Changed by hand").first).to_be_visible()
    axe(page)
    first.click()
    expect(page.get_by_text("Changed by hand")).to_have_count(0)
    page.get_by_role("group", name=re.compile("Did the way you count change")).get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Check and send in").click()
    expect(page.get_by_role("heading", name="What you send")).to_be_visible()
    expect(page.get_by_text("This can't be sent in yet:")).to_have_count(0)
    for box in page.locator("textarea[name^=why-]").all():
        box.fill("Two weeks only, to try it out.")
    page.get_by_role("button", name="Send in", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Sent in as revision 1")


def fill_in(path: Path, changes: dict[str, int]) -> None:
    """Write numbers into the workbook: beside their labels, or in the row of a table."""
    book = load_workbook(path)
    for page in book:
        for row in page.iter_rows():
            words = {str(cell.value).strip() for cell in row if isinstance(cell.value, str)}
            wanted = [number for label, number in changes.items() if label in words]
            if wanted:
                free = next(cell for cell in row if not cell.protection.locked)
                free.value = wanted[0]
    book.save(path)


def test_a_quarter_from_the_spreadsheet_to_the_publication(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], watch: Watch, tmp_path: Path
) -> None:
    watch.allow("status of 422")
    watch.allow("status of 401")
    watch.allow("status of 403")
    network_url = havn_server.url.replace("localhost", "network.localhost").replace("127.0.0.1", "network.localhost")
    officer = staff_page("data_officer")
    own_round(officer, havn_server.url, axe)
    officer.goto(f"{havn_server.url}/en/desk/rounds")
    officer.get_by_role("row").filter(has_text="Draft").filter(has_text="Quarter").get_by_role("link").click()
    address = officer.url
    officer.get_by_role("link", name="As a spreadsheet").click()
    with officer.expect_download() as begun:
        officer.get_by_role("link", name="Download the template").click()
    filled = tmp_path / begun.value.suggested_filename
    begun.value.save_as(filled)
    fill_in(filled, {"Contacts about something online": 40, "Chat": 40})
    officer.get_by_label("The file that you filled in (XLSX)").set_input_files(filled)
    officer.get_by_role("button", name="Read the file").click()
    expect(officer.get_by_role("heading", name="What would change")).to_be_visible()
    axe(officer)
    officer.get_by_role("button", name="Take these answers").click()
    expect(officer.get_by_label("Contacts about something online")).to_have_value("40")
    officer.get_by_role("group", name=re.compile("Did the way you count change")).get_by_label("No", exact=True).check()
    officer.get_by_role("button", name="Check and send in").click()
    expect(officer.get_by_role("heading", name="What you send")).to_be_visible()
    axe(officer)
    for box in officer.locator("textarea[name^=why-]").all():
        box.fill("We count anew since July.")
    officer.get_by_role("button", name="Send in", exact=True).click()
    expect(officer.get_by_role("status").first).to_contain_text("Sent in as revision 1")

    coordinator = staff_page("coordinator", url=network_url, java_script_enabled=False)
    coordinator.goto(f"{network_url}/en/desk/rounds")
    coordinator.get_by_role("table").get_by_role("link").first.click()
    coordinator.get_by_role("link", name="Norway", exact=True).click()
    coordinator.locator("summary").filter(has_text="Ask about this: Contacts about something online").click()
    coordinator.locator("#ask-contacts").fill(ASKED)
    coordinator.get_by_role("button", name="Send it back with these questions").click()
    expect(coordinator.get_by_role("status").first).to_contain_text("Sent back")

    officer.goto(address)
    expect(officer.get_by_text("1 answer is asked about:")).to_be_visible()
    expect(officer.get_by_text(ASKED)).to_have_count(2)
    officer.locator("#comment-contacts").fill("Yes, since July.")
    officer.locator("button[value='comment:contacts']").click()
    expect(officer.get_by_text("Yes, since July.")).to_be_visible()
    officer.get_by_role("button", name="Check and send in").click()
    officer.get_by_role("button", name="Send in", exact=True).click()
    expect(officer.get_by_role("status").first).to_contain_text("Sent in as revision 2")

    coordinator.goto(f"{network_url}/en/desk/rounds")
    coordinator.get_by_role("table").get_by_role("link").first.click()
    coordinator.get_by_role("link", name="Norway", exact=True).click()
    expect(coordinator.get_by_text("Yes, since July.")).to_be_visible()
    coordinator.get_by_role("button", name="Accept", exact=True).click()
    coordinator.get_by_role("button", name="Publish", exact=True).click()
    expect(coordinator.get_by_role("status").first).to_contain_text("Published.")
    officer.goto(address)
    officer.get_by_role("link", name="You and the network").click()
    axe(officer)
