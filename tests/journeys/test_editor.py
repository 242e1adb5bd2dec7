"""Editors in a browser: write, translate, submit and publish; adapt what another centre made."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server

ARTICLE, ENGLISH = "Stemmer i spill er ny sak", "New story about voices in games"


@pytest.fixture
def watch(watch: Watch) -> Watch:
    """Wagtail's own scripts complain of nothing that a test must know but what is said here."""
    watch.allow("favicon")
    return watch


def open_page(page: Page, url: str, title: str) -> str:
    """Open the editor's screen of a page by our list of translations. Returns the number of the page."""
    page.goto(f"{url}/en/desk/pages")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(rf"^{title}")))
    row.get_by_role("link", name=re.compile("Written here|Draft|Up to date|Behind")).first.click()
    page.wait_for_url("**/edit/")
    found = re.search(r"/pages/(\d+)/edit/", page.url)
    assert found
    return found[1]


def submit(page: Page) -> None:
    """Choose "Submit to …" among the ways to save."""
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator("[name='action-submit']").click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("submitted for moderation")


def approve(page: Page, url: str, number: str) -> None:
    """A publisher approves what waits."""
    page.goto(f"{url}/en/desk/editor/pages/{number}/edit/")
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator("[data-workflow-action-name='approve']").first.click()
    page.wait_for_load_state()


def test_an_editor_writes_translates_and_submits_and_somebody_else_publishes(
    staff_page: Callable[..., Page], new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    url = havn_server.url
    editor = staff_page("editor")
    listing = open_page(editor, url, "Aktuelt")
    editor.goto(f"{url}/en/desk/editor/pages/add/awareness/articlepage/{listing}/")
    editor.locator("#id_title").fill(ARTICLE)
    editor.locator("#id_summary").fill("Kort sagt.")
    submit(editor)
    number = open_page(editor, url, ARTICLE)
    reader = new_page()
    assert reader.request.get(f"{url}/nb/aktuelt/stemmer-i-spill-er-ny-sak").status == 404

    editor.goto(f"{url}/en/desk/pages?kind=articlepage&state=missing")
    axe(editor)
    editor.get_by_role("link", name=re.compile(rf"^Translate.*{ARTICLE}")).click()
    editor.get_by_role("button", name="Submit").click()
    editor.wait_for_url("**/edit/")
    found = re.search(r"/pages/(\d+)/edit/", editor.url)
    assert found
    editor.locator("#id_title").fill(ENGLISH)
    submit(editor)

    publisher = staff_page("publisher")
    for one in (number, found[1]):
        approve(publisher, url, one)
    reader.goto(f"{url}/nb/aktuelt/stemmer-i-spill-er-ny-sak")
    expect(reader.get_by_role("heading", level=1)).to_have_text(ARTICLE)
    reader.goto(f"{url}/en/aktuelt/stemmer-i-spill-er-ny-sak")
    expect(reader.get_by_role("heading", level=1)).to_have_text(ENGLISH)


def test_a_danish_editor_adapts_a_norwegian_resource_and_both_pages_say_so(
    staff_page: Callable[..., Page], new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    norway, denmark = havn_server.url, havn_server.other_url
    editor = staff_page("editor", url=denmark)
    editor.goto(f"{denmark}/en/desk/pages/elsewhere")
    axe(editor)
    editor.get_by_label("Language").select_option("nb")
    editor.get_by_role("button", name="Show").click()
    row = editor.get_by_role("row").filter(has=editor.get_by_role("link", name=re.compile("^Adapt this"))).first
    title = row.get_by_role("rowheader").locator("span").first.inner_text()
    row.get_by_role("link", name=re.compile("^Adapt this")).click()
    axe(editor)
    source = editor.get_by_role("definition").filter(has_text="http").inner_text()
    assert source.startswith(f"{norway}/nb/")
    lists = editor.get_by_label("Which of your lists does it go into?")
    lists.select_option(lists.locator("option[lang='da']").first.get_attribute("value"))
    editor.get_by_role("button", name="Adapt this").click()
    editor.wait_for_url("**/edit/")
    found = re.search(r"/pages/(\d+)/edit/", editor.url)
    assert found
    editor.locator("#id_title").fill("På dansk: " + title)
    submit(editor)
    approve(staff_page("publisher", url=denmark), denmark, found[1])

    reader = new_page(viewport={"width": 360, "height": 740})
    reader.goto(source)
    chain = reader.get_by_role("complementary", name="Hvor dette kommer fra")
    expect(chain).to_contain_text("På dansk: " + title)
    axe(reader)
    chain.get_by_role("link", name="På dansk: " + title).click()
    reader.wait_for_url(f"{denmark}/da/**")
    expect(reader.get_by_role("heading", level=1)).to_have_text("På dansk: " + title)
    back = reader.locator(".chain")
    expect(back.get_by_role("link", name=title, exact=True)).to_have_attribute("href", source)
    axe(reader)


def test_the_desk_screens_of_pages_pass_axe_and_stay_small(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    desk = staff_page("publisher", viewport={"width": 360, "height": 740})
    for path in ("", "/elsewhere", "/offers", "/reviews"):
        desk.goto(f"{havn_server.url}/en/desk/pages{path}")
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, path
    desk.goto(f"{havn_server.url}/en/desk/pages/offers")
    desk.locator(".page-list a").first.click()
    axe(desk)
    desk.get_by_label("A note to the network's publishers").fill("Passer for alle.")
    desk.get_by_role("button", name="Offer it").click()
    expect(desk.get_by_role("cell", name="Waiting")).to_be_visible()
    network = staff_page("publisher", url=havn_server.url.replace("localhost", "network.localhost"))
    network.goto(network.url.split("/desk")[0] + "/en/desk/pages/offers")
    axe(network)
    network.get_by_role("row").filter(has_text="Passer for alle.").get_by_role("link").click()
    axe(network)
    network.get_by_label("Why? The centre reads this.").fill("Please say it in English.")
    network.get_by_role("button", name="Decline it").click()
    desk.reload()
    expect(desk.get_by_role("cell", name="Please say it in English.")).to_be_visible()
