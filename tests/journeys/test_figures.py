"""Figures in a browser: a quarter taken out as a workbook, contacts of the past taken in and taken back."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.server import Server

PAST = "Dato;Kl;Kanal;Tema;Alder;Kjønn;På nett\n" + "".join(
    f"{day:02}.02.2022;1{4 + day % 5}:10;Chat;Sextortion;{11 + day % 6};jente;ja\n" for day in range(1, 29)
)


@pytest.fixture
def desk(staff_page: Callable[..., Page]) -> Page:
    return staff_page("coordinator")


def test_a_quarter_is_seen_and_taken_out_as_a_workbook(
    desk: Page, havn_server: Server, axe: Callable[..., None], tmp_path: Path
) -> None:
    desk.goto(f"{havn_server.url}/en/desk/figures")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Figures: Quarter")
    axe(desk)
    desk.get_by_role("link", name="The network's quarter").click()
    expect(desk.get_by_role("heading", name="What this report covers")).to_be_visible()
    axe(desk)
    with desk.expect_download() as loading:
        desk.get_by_role("button", name="Take out").click()
    file = tmp_path / loading.value.suggested_filename
    loading.value.save_as(file)
    assert file.name.startswith("quarter-") and "inside" not in file.name
    book = load_workbook(file)
    assert {"Reason", "Channel", "Gender"} <= set(book.sheetnames)
    numbers = [cell.value for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, int)]
    assert numbers and not {1, 2, 3, 4} & set(numbers)
    desk.set_viewport_size({"width": 320, "height": 700})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_contacts_of_the_past_come_in_and_go_out_again(
    desk: Page, havn_server: Server, axe: Callable[..., None]
) -> None:
    year = f"{havn_server.url}/en/desk/figures?kind=year&day=2022-02-01"
    desk.goto(f"{havn_server.url}/en/desk/figures/imports")
    axe(desk)
    desk.locator("input[type=file]").set_input_files(
        files=[{"name": "past.csv", "mimeType": "text/csv", "buffer": PAST.encode()}]
    )
    desk.get_by_role("button", name="Take in").click()
    expect(desk.get_by_role("heading", name="What the columns are")).to_be_visible()
    desk.get_by_role("button", name="Save and try").click()
    expect(desk.get_by_text("28 rows would become contacts.")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Apply").click()
    _until(desk, "Applied")
    address = desk.url
    desk.goto(year)
    expect(desk.locator("dl.report-numbers").nth(1)).to_contain_text("28 of 28")
    desk.goto(address)
    desk.get_by_role("button", name="Take all of them back").click()
    _until(desk, "Taken back")
    desk.goto(year)
    expect(desk.get_by_text("Nothing was counted in this period.")).to_be_visible()


def _until(desk: Page, state: str) -> None:
    """Look again until the background work is through."""
    end = time.monotonic() + 30
    while not desk.get_by_role("heading", name=state, exact=True).count() and time.monotonic() < end:
        desk.wait_for_timeout(300)
        desk.reload()
    expect(desk.get_by_role("heading", name=state, exact=True)).to_be_visible()
