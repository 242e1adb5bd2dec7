"""Somebody registers for an event without JavaScript, gets the calendar file and gives the place up again."""

import re
from collections.abc import Callable

import vobject
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server

EVENT = "Trygg på nett-dagen i klasserommet"


def test_registering_for_an_event_without_javascript(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 422")
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{havn_server.url}/en/events")
    page.get_by_role("link", name=EVENT).click()
    page.get_by_role("link", name="Register").click()
    page.get_by_label("Your name").fill("Kari Nordmann")
    page.get_by_label("Organisation or school").fill("Storgata skole")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here")
    assert page.get_by_label("Your name").input_value() == "Kari Nordmann"
    page.get_by_label("Your e-mail").fill("kari@guests.example")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look into your e-mail")
    assert not page.context.cookies()

    desk = staff_page("editor")
    desk.goto(f"{havn_server.url}/en/desk/outbox")
    letter = desk.locator("article", has_text="kari@guests.example").first
    found = re.search(r"/en/events/registration/\S+", letter.inner_text())
    assert found
    page.goto(havn_server.url + found[0])
    expect(page.get_by_text("You have a place.")).to_be_visible()
    expect(page.get_by_text("Kode: 4711")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Put it into your calendar").click()
    assert begun.value.suggested_filename == "trygg-pa-nett-i-klasserommet.ics"
    calendar = vobject.readOne(begun.value.path().read_text())
    assert calendar.vevent.summary.value == EVENT
    assert "Kode: 4711" in calendar.vevent.description.value

    desk.goto(f"{havn_server.url}/en/desk/events")
    desk.get_by_role("link", name=EVENT).click()
    desk.get_by_role("link", name="Registrations").click()
    expect(desk.get_by_role("rowheader", name="Kari Nordmann")).to_be_visible()

    page.get_by_text("I cannot come").click()
    page.get_by_role("button", name="Give up my place").click()
    expect(page.get_by_text("You are no longer registered")).to_be_visible()


def test_the_screens_of_events_pass_axe_and_stay_small(
    new_page: Callable[..., Page], staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    slug = "/en/events/trygg-pa-nett-i-klasserommet"
    for address in ("/en/events", "/en/events?when=past", slug, f"{slug}/register", f"{slug}/registered",
                    "/en/events/registration/demo-kritisk-til-bilder-5"):  # fmt: skip
        page.goto(havn_server.url + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    desk = staff_page("editor", viewport={"width": 360, "height": 740})
    for address in ("/en/desk/outbox", "/en/desk/events", "/en/desk/events/new"):
        desk.goto(havn_server.url + address)
        axe(desk)
    desk.goto(f"{havn_server.url}/en/desk/events")
    desk.get_by_role("link", name=EVENT).click()
    for tab in ("Event", "Registrations", "Results"):
        desk.get_by_role("navigation", name="This event").get_by_role("link", name=tab, exact=True).click()
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, tab
