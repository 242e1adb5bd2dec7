"""A coordinator prepares a table, sees what is left out and why, publishes it; a reader takes the CSV."""

import csv
import io
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server

TITLE = "Talks of the year"
AGES = [10] * 3 + [13] * 16 + [16] * 9
PAST = "Dato;Kl;Kanal;Tema;Alder;Kjønn;På nett\n" + "".join(
    f"{day:02}.02.2023;14:10;Chat;Sextortion;{age};jente;ja\n" for day, age in enumerate(AGES, 1)
)


def take_in_the_past(desk: Page, url: str) -> None:
    """28 talks of 2023, three of them with children of ten."""
    desk.goto(f"{url}/en/desk/figures/imports")
    desk.locator("input[type=file]").set_input_files(
        files=[{"name": "past.csv", "mimeType": "text/csv", "buffer": PAST.encode()}]
    )
    desk.get_by_role("button", name="Take in").click()
    desk.get_by_role("button", name="Save and try").click()
    desk.get_by_role("button", name="Apply").click()
    for _ in range(100):
        if desk.get_by_role("heading", name="Applied", exact=True).count():
            return
        desk.wait_for_timeout(300)
        desk.reload()
    raise AssertionError("The contacts of the past were not applied.")


def test_from_the_roll_up_to_open_data_without_javascript(
    staff_page: Callable[..., Page], new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 422")
    desk = staff_page("coordinator", java_script_enabled=False)
    take_in_the_past(desk, havn_server.url)
    desk.goto(f"{havn_server.url}/en/desk/releases")
    desk.get_by_role("link", name="New dataset").click()
    desk.get_by_label("Table").select_option("Talks with the helpline, by main reason and age")
    desk.get_by_label("Name in the address").fill("talks-of-the-year")
    desk.get_by_label("Title").fill(TITLE)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    desk.get_by_label("What it counts, for readers").fill("How many talks, by reason and age.")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("status")).to_contain_text("The dataset is made.")
    desk.get_by_label("Period").select_option("2023")
    desk.get_by_role("button", name="Prepare").click()
    for _ in range(60):
        if desk.get_by_role("button", name="Publish for ever").count():
            break
        desk.wait_for_timeout(500)
        if desk.get_by_role("link", name="Look again").count():
            desk.get_by_role("link", name="Look again").click()
    expect(desk.get_by_text("It is below 5.").first).to_be_visible()
    expect(desk.get_by_role("heading", name="What is left out, and why")).to_be_visible()

    reader = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    reader.goto(f"{havn_server.url}/en/data")
    expect(reader.get_by_text(TITLE)).to_have_count(0)
    desk.get_by_role("button", name="Publish for ever").click()
    expect(desk.get_by_role("status")).to_contain_text("The release is published.")

    reader.reload()
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text("So we hide small numbers")).to_be_visible()
    expect(reader.get_by_role("cell", name="hidden").first).to_be_visible()
    with reader.expect_download() as begun:
        reader.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(begun.value.path().read_text())))
    assert {row["status"] for row in rows} == {"shown", "hidden"}
    assert all((row["count"] == "") == (row["status"] == "hidden") for row in rows)
    assert all(int(row["count"]) == 0 or int(row["count"]) >= 5 for row in rows if row["count"])
    assert not reader.context.cookies()


def test_the_screens_of_open_data_pass_axe_and_fit_a_small_phone(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    dataset = "/en/data/samtaler-grunn-alder"
    for address in ("/en/data", dataset, f"{dataset}/2025-q3/v1"):
        page.goto(havn_server.url + address)
        assert page.get_by_role("heading", level=1).count() == 1
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    desk = staff_page("coordinator", viewport={"width": 360, "height": 740})
    desk.goto(f"{havn_server.url}/en/desk/releases")
    for name in ("", "New dataset", "Samtaler med hjelpelinjen etter grunn og alder", "2025, quarter 4"):
        if name == "Samtaler med hjelpelinjen etter grunn og alder":
            desk.goto(f"{havn_server.url}/en/desk/releases")
        if name:
            desk.get_by_role("link", name=name, exact=True).first.click()
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, desk.url
