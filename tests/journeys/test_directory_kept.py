"""Keep on this phone: only when asked for, readable without a connection, gone with Remove and with quick exit."""

import contextlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser import Watch, eventually
from tests.journeys.child import everyday_site
from tests.server import Server

PHONE = {"width": 360, "height": 740}
FILES = {"/directory/kept/kept.css", "/directory/kept/keep.js", "/directory/kept/exit.js"}
NORWAY = "/directory/kept/en/no"
_KEPT = """async () => {
  const workers = (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope);
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) kept.push(name + " " + new URL(request.url).pathname);
  }
  return { workers, kept: kept.sort() };
}"""
NOTHING: dict[str, list[str]] = {"workers": [], "kept": []}


@pytest.fixture(scope="module")
def away(havn_server: Server) -> str:
    return everyday_site(havn_server)


def kept_by(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(_KEPT)
    return found


def keep_norway(page: Page, url: str) -> None:
    page.goto(f"{url}/en/directory/no")
    page.get_by_role("button", name="Keep on this phone").click()
    expect(page.get_by_role("button", name="Remove from this phone")).to_be_visible()
    expect(page.get_by_text("Kept as it was on:")).to_be_visible()
    eventually(page, "async () => Boolean((await navigator.serviceWorker.getRegistration('/directory/')).active)")


@contextlib.contextmanager
def without_connection(context: BrowserContext, watch: Watch) -> Iterator[None]:
    watch.allow("net::ERR_")
    context.set_offline(True)
    try:
        yield
    finally:
        context.set_offline(False)


def looked_at_afterwards(context: BrowserContext, url: str) -> dict[str, list[str]]:
    """What is left in the browser, asked from the blank page, which has no script and so does nothing to it."""
    page = context.new_page()
    page.goto(f"{url}/en/privacy")
    expect(page.locator("form[action='/live/open'] button")).to_be_visible()
    assert page.locator("script").count() == 0
    found = kept_by(page)
    page.close()
    return found


def test_nothing_is_kept_before_somebody_asks_and_then_only_what_was_asked_for(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport=PHONE)
    for path in ("directory", "directory?language=pl", "directory/no", "chat", "letter"):
        page.goto(f"{havn_server.url}/en/{path}")
        page.wait_for_load_state("networkidle")
        assert kept_by(page) == NOTHING, path
    # Even the kept page itself is a page like any other until its button is pressed.
    page.goto(f"{havn_server.url}{NORWAY}")
    expect(page.get_by_role("button", name="Keep on this phone")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert kept_by(page) == NOTHING
    page.goto(f"{havn_server.url}/en/directory/no")
    said = page.locator("keep-lines")
    expect(said).to_contain_text("Whoever uses this phone can see that you kept them.")
    keep_norway(page, havn_server.url)
    axe(page)
    kept = kept_by(page)
    assert kept["workers"] == [f"{havn_server.url}/directory/"]
    assert kept["kept"] == sorted(f"directory {path}" for path in {NORWAY, *FILES})
    # Walking about adds nothing, also not where the worker is asked.
    for path in ("directory/no", "en/directory", "directory/se", "en/chat", "en/letter", NORWAY[1:], "desk/sign-in"):
        page.goto(f"{havn_server.url}/{path}")
        page.wait_for_load_state("networkidle")
    page.goto(f"{havn_server.url}/directory/kept/en/se")
    page.wait_for_load_state("networkidle")
    assert kept_by(page) == kept


def test_what_is_kept_opens_without_a_connection_with_its_date_and_no_open_now(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    with without_connection(page.context, watch):
        for path in (NORWAY, "/directory/no"):
            page.goto(havn_server.url + path)
            expect(page.get_by_role("heading", level=1)).to_have_text("Norway")
            expect(page.locator(".date")).to_contain_text(re.compile(r"As it was on: \d+ \w+ \d{4}, \d\d:\d\d\."))
            expect(page.get_by_text("800 33 321").first).to_be_visible()
            assert "Open now" not in page.locator("main").inner_text()
            # The style came too.
            assert page.locator(".line").first.evaluate("one => getComputedStyle(one).borderRadius") != "0px"
        for path in ("/en/directory/no", "/directory/se", "/directory/kept/en/se", "/en/chat"):
            with pytest.raises(Error, match="net::ERR_"):
                page.goto(havn_server.url + path)


def test_with_a_connection_the_network_comes_first_and_renews_what_is_kept(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    page.evaluate(
        """async (path) => {
          const headers = { "Content-Type": "text/html", "Havn-Kept": "2026-01-01T00:00:00+00:00" };
          await (await caches.open("directory")).put(path, new Response("<h1>An older one</h1>", { headers }));
        }""",
        NORWAY,
    )
    page.goto(havn_server.url + NORWAY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Norway")
    eventually(page, "async (path) => !(await (await caches.match(path)).text()).includes('An older one')", NORWAY)
    with without_connection(page.context, watch):
        page.goto(havn_server.url + NORWAY)
        expect(page.get_by_role("heading", level=1)).to_have_text("Norway")


def test_all_countries_are_kept_and_removed_again(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    page = new_page(viewport=PHONE, locale="nb-NO")
    page.goto(f"{havn_server.url}/en/directory")
    page.get_by_role("button", name="Keep on this phone").click()
    link = page.get_by_role("link", name="Open what is kept")
    expect(link).to_be_visible()
    eventually(page, "async () => Boolean((await navigator.serviceWorker.getRegistration('/directory/')).active)")
    with without_connection(page.context, watch):
        link.click()
        page.locator("summary", has_text="Poland").click()
        expect(page.locator("details[open]")).to_contain_text("Call 116 111")
        page.goto(f"{havn_server.url}/directory/fi")
        expect(page.get_by_role("heading", level=1)).to_have_text("All countries")
        # Also without a connection everything can be taken away.
        page.get_by_role("button", name="Remove from this phone").click()
        expect(page.get_by_text("Nothing of this is kept on this phone any more.")).to_be_visible()
        expect(page.get_by_role("button", name="Keep on this phone")).to_be_visible()
        assert kept_by(page) == NOTHING
    page.goto(f"{havn_server.url}/en/directory")
    expect(page.get_by_role("button", name="Keep on this phone")).to_be_visible()
    assert kept_by(page) == NOTHING


def test_when_it_cannot_be_kept_it_says_so_and_nothing_stays(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{havn_server.url}/en/directory/no")
    button = page.get_by_role("button", name="Keep on this phone")
    expect(button).to_be_visible()
    with without_connection(page.context, watch):
        button.click()
        expect(page.get_by_text("That did not work. Nothing was kept.")).to_be_visible()
    assert kept_by(page) == NOTHING


@pytest.mark.parametrize("place", ["/en/directory/no", "/en/chat", NORWAY])
def test_quick_exit_takes_it_away_from_any_page(
    new_page: Callable[..., Page], havn_server: Server, away: str, place: str
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    if not page.url.endswith(place):
        page.goto(havn_server.url + place)
        page.wait_for_load_state("networkidle")
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    assert looked_at_afterwards(page.context, havn_server.url) == NOTHING
    assert {cookie["name"] for cookie in page.context.cookies(havn_server.url)} == {"p"}


def test_quick_exit_takes_it_away_where_the_server_never_hears_of_it(
    new_page: Callable[..., Page], havn_server: Server, away: str, watch: Watch
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    # Pressed at once after keeping, on a line that carries nothing to us.
    watch.allow("net::ERR_FAILED")
    page.route("**/exit*", lambda route: route.abort())
    page.locator("#quick-exit").click()
    page.wait_for_url(away)
    assert looked_at_afterwards(page.context, havn_server.url) == NOTHING


def test_quick_exit_on_a_kept_page_without_a_connection(
    new_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    with without_connection(page.context, watch):
        page.goto(havn_server.url + NORWAY)
        expect(page.locator("keep-lines")).to_be_visible()
        with contextlib.suppress(Error):
            page.locator("#quick-exit").click()
        page.wait_for_url("chrome-error://**")
    assert looked_at_afterwards(page.context, havn_server.url) == NOTHING


def test_quick_exit_without_script_takes_it_away_by_the_servers_word(
    new_page: Callable[..., Page], havn_server: Server, away: str
) -> None:
    page = new_page(viewport=PHONE)
    keep_norway(page, havn_server.url)
    # What the link does where script is off: the address itself, with no script of ours on the way.
    page.goto("about:blank")
    page.goto(f"{havn_server.url}/exit")
    page.wait_for_url(away)
    assert looked_at_afterwards(page.context, havn_server.url) == NOTHING
    # The word empties the store and leaves the cookie that keeps our pages blank.
    assert {cookie["name"] for cookie in page.context.cookies(havn_server.url)} == {"p"}
    page.goto(f"{havn_server.url}/en/directory/no")
    expect(page.locator("form[action='/live/open'] button")).to_be_visible()
