"""Somebody records an activity, compiles a report of it, edits a section, publishes it; a reader takes the PDF."""

import io
import re
from collections.abc import Callable

import pikepdf
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server

TITLE = "Kurs om gruppechat"


def record(page: Page, url: str) -> None:
    """A training with two numbers, the second an estimate that first says too little."""
    page.goto(f"{url}/en/desk/activities")
    page.get_by_role("link", name="Record an activity").click()
    page.get_by_label("Kind").select_option("Training")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("First day").fill("2023-06-08")
    first, second = page.get_by_role("group", name="Line 1").first, page.get_by_role("group", name="Line 2").first
    for line, group, number, basis in (
        (first, "Teachers", "17", "Counted"),
        (second, "Parents and carers", "170", "Estimate"),
    ):
        line.get_by_label("Who").select_option(group)
        line.get_by_label("How many").fill(number)
        line.get_by_label("Of what").select_option("participants")
        line.get_by_label("How it is known").select_option(basis)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    assert second.get_by_label("How many").input_value() == "170"
    second.get_by_label("How it was counted").fill("Two parents for each pupil")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The activity is saved.")


def test_from_the_log_to_the_report_without_javascript(
    staff_page: Callable[..., Page], new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 422")
    desk = staff_page("publisher", java_script_enabled=False)
    record(desk, havn_server.url)
    desk.goto(f"{havn_server.url}/en/desk/activities/reports/new")
    desk.get_by_label("Title").fill("June in numbers")
    desk.get_by_label("In one or two sentences").fill("What we did in June.")
    desk.get_by_label("First day of the period").fill("2023-06-01")
    desk.get_by_label("Last day of the period").fill("2023-06-30")
    desk.get_by_label("Language of the report").select_option("en")
    desk.get_by_role("button", name="Compile the report").click()
    expect(desk.get_by_text("Counted: 17 participants.").first).to_be_visible()
    expect(desk.get_by_text("Estimated: 170 participants.").first).to_be_visible()
    desk.get_by_role("link", name="Edit Training").click()
    desk.get_by_label("Text").fill("Seventeen teachers came.\n\nThey will come again.")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("link", name="See the page").click()
    expect(desk.get_by_text("Seventeen teachers came.")).to_be_visible()

    reader = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    reader.goto(f"{havn_server.url}/en/reports/activity")
    expect(reader.get_by_text("June in numbers")).to_have_count(0)
    desk.get_by_role("link", name="Back to the report").click()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("status")).to_contain_text("The report is published.")

    reader.reload()
    reader.get_by_role("link", name="June in numbers").click()
    expect(reader.get_by_text("They will come again.")).to_be_visible()
    line = reader.get_by_role("row", name=re.compile("^Teachers")).first
    assert line.get_by_role("cell").all_inner_texts()[0] == "participants"
    with reader.expect_download() as begun:
        reader.get_by_role("link", name="The report as a PDF").click()
    assert begun.value.suggested_filename == "june-in-numbers.pdf"
    with pikepdf.open(io.BytesIO(begun.value.path().read_bytes())) as document:
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]) == "June in numbers"
    assert not reader.context.cookies()


def test_the_screens_of_activities_pass_axe_and_fit_a_small_phone(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    for address in ("/en/reports/activity", "/nb/reports/activity/aktivitetsrapport-20222024"):
        page.goto(havn_server.url + address)
        assert page.get_by_role("heading", level=1).count() == 1
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    desk = staff_page("publisher", viewport={"width": 360, "height": 740})

    def look(address: str = "") -> None:
        if address:
            desk.goto(havn_server.url + address)
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, desk.url

    for address in ("", "/new", "/events", "/reports", "/reports/new"):
        look(f"/en/desk/activities{address}")
    desk.goto(f"{havn_server.url}/en/desk/activities")
    desk.get_by_role("link", name="Foreldrekveld om spill og søvn").click()
    look()
    desk.get_by_role("link", name="Change").click()
    look()
    desk.goto(f"{havn_server.url}/en/desk/activities/reports")
    desk.get_by_role("link", name="Aktivitetsrapport 2022–2024").click()
    look()
