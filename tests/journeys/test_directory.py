"""The directory in a browser: a child on a phone without script, and an organisation that confirms its entry."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server import Server

PHONE = {"width": 360, "height": 740}
MOST_KB = 60


def test_a_child_on_a_phone_finds_an_open_line_in_their_language_without_script(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False, locale="nb-NO")
    page.goto(f"{havn_server.url}/en/")
    page.get_by_role("link", name="Other countries and languages").click()
    page.locator("#wish-language").select_option("nb")
    page.locator("#wish-for").select_option("children")
    page.get_by_role("button", name="Show who answers").click()
    first = page.locator(".line").first
    expect(first.get_by_role("heading")).to_have_text("Kors på halsen")
    expect(first).to_contain_text("Confirmed by Norges Røde Kors")
    expect(first).to_contain_text("Answers in: Norwegian Bokmål")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Open now")
    # A real number: shown, and not dialled from a demonstration.
    expect(first).to_contain_text("800 33 321")
    assert page.locator("a[href^='tel:'], a[href^='sms:'], a[href^='mailto:']").count() == 0
    first.get_by_role("link", name="Chat").click()
    page.wait_for_url("**/chat")
    seen = new_page(viewport=PHONE)
    for path in ("directory?language=pl", "directory/no", "directory/ro", "directory/fi/history", "directory/sk/card"):
        seen.goto(f"{havn_server.url}/en/{path}")
        axe(seen)
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_the_page_of_all_lines_is_light(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(f"{havn_server.url}/en/directory?language=en")
    page.wait_for_load_state("networkidle")
    assert sum(loaded) / 1024 <= MOST_KB


def test_an_organisation_confirms_its_entry(
    staff_page: Callable[..., Page],
    new_page: Callable[..., Page],
    havn_server: Server,
    axe: Callable[..., None],
) -> None:
    page = staff_page("coordinator")
    page.goto(f"{havn_server.url}/en/desk/directory")
    axe(page)
    page.get_by_role("link", name="Kors på halsen").click()
    axe(page)
    page.get_by_label("Oldest age").fill("19")
    page.get_by_role("button", name="Save the facts").click()
    expect(page.locator("ins")).to_have_text("–19")
    page.get_by_role("link", name="Change 800 33 321").click()
    axe(page)
    page.go_back()
    page.get_by_role("button", name="Everything is right").click()
    expect(page.get_by_text("The entry is confirmed as it stands.")).to_be_visible()
    expect(page.locator("ins")).to_have_count(0)
    public = new_page(viewport=PHONE)
    public.goto(f"{havn_server.url}/en/directory/no")
    line = public.locator(".line").first
    expect(line).to_contain_text("Up to 19 years")
    expect(line).to_contain_text("Confirmed by Norges Røde Kors")
