"""Guides, the law and campaigns in a browser: a parent with a console, a young person with a question, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.server import Server

PHONE = {"width": 360, "height": 740}
# What 1280 by 1024 pixels become at 400 % zoom.
ZOOMED = {"width": 320, "height": 256}
CONSOLE = "Nintendo Switch: setting it up for a child"
NETWORK = "http://network.localhost"


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_parent_on_a_phone_finds_how_to_set_up_a_console(
    new_page: Callable[..., Page], havn_server: Server, script: bool
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=script)
    page.goto(f"{havn_server.url}/en/")
    page.get_by_role("link", name="Learn about children's lives online").click()
    page.get_by_label("For", exact=True).select_option("parents-carers")
    page.get_by_label("Topic").select_option("internet-usage")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=CONSOLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONSOLE)
    expect(page.get_by_text("Looked at on")).to_be_visible()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Parental controls").click()
    expect(page.get_by_role("heading", name="Parental controls", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("listitem").filter(has_text="Link the app to the console")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Contact a helpline").click()
    page.wait_for_url("**/directory")


def test_a_parent_finds_the_console_by_searching(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{havn_server.url}/en/search")
    page.get_by_label("What are you looking for?").fill("switch")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=CONSOLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONSOLE)


def test_a_young_person_reads_what_the_law_says_about_a_picture(
    new_page: Callable[..., Page], havn_server: Server
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{havn_server.url}/en/")
    page.get_by_role("link", name="Learn about children's lives online").click()
    page.get_by_role("link", name="What may I do with pictures online?").click()
    short = page.get_by_role("navigation", name="The questions, in short")
    question = "May I pass on a nude picture of somebody under 18?"
    expect(short.get_by_role("listitem").filter(has_text=question)).to_contain_text("Not legal")
    short.get_by_role("link", name=question).click()
    heading = page.get_by_role("heading", name=question)
    expect(heading).to_be_in_viewport()
    answer = page.locator("section", has=heading)
    expect(answer).to_contain_text("Not legal")
    expect(answer.get_by_role("link", name="Straffeloven, § 311")).to_have_attribute("rel", "noreferrer noopener")
    page.get_by_role("main").get_by_role("link", name="Contact a helpline").click()
    page.wait_for_url("**/directory/no")


def test_somebody_finds_what_their_country_does_on_the_day(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{NETWORK}:{havn_server.port}/en/campaigns/safer-internet-day-2027")
    expect(page.get_by_text("Tuesday 9 February 2027").first).to_be_visible()
    page.get_by_role("searchbox", name="Find a country").fill("danm")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("0 countries found")).to_be_visible()
    page.get_by_role("searchbox", name="Find a country").fill("denm")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Denmark", exact=True).click()
    expect(page.get_by_text("Profile last updated on")).to_be_visible()
    # A real address: shown, and nobody is written to from a demonstration.
    expect(page.get_by_text("medieraadsinfo@dfi.dk")).to_be_visible()
    assert page.locator("a[href^='mailto:']").count() == 0


def test_these_pages_are_for_everybody_and_fit_the_smallest_screen(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    home, network = havn_server.url, f"{NETWORK}:{havn_server.port}"
    addresses = (
        f"{home}/en/learn/nintendo-switch",
        f"{home}/en/learn/the-law-on-pictures",
        f"{home}/en/learn/help-after-a-report",
        f"{home}/en/learn/report-2022-2024",
        f"{home}/nb/kampanjer/trygg-bruk-dagen-2027",
        f"{network}/en/campaigns/safer-internet-day-2027",
        f"{network}/en/campaigns/safer-internet-day-2027/norway",
    )
    for scheme in ("light", "dark"):
        page = new_page(viewport=PHONE, color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            axe(page)
            for size in (PHONE, ZOOMED):
                page.set_viewport_size(size)
                assert fits(page), f"{address} at {size}"
