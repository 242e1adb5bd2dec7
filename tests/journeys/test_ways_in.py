"""The way in, for a child and for staff: pages open, nothing breaks the policy, axe finds nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import Watch
from tests.server import Server

PUBLIC = (
    *("/", "/chat", "/chat/code", "/letter", "/privacy", "/accessibility", "/nb/", "/da/chat", "/desk/sign-in"),
    *("/for-parents", "/for-teachers", "/da/for-parents", "/da/for-teachers", "/da/accessibility"),
)
STAFF = (
    *("/desk/when", "/desk/health", "/desk/wall", "/desk/trail", "/desk/roles", "/desk/members", "/desk/hours"),
    *("/desk/texts", "/desk/settings", "/desk/settings/texts", "/desk/keys"),
)


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_public_page_is_accessible(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], address: str, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(havn_server.url + address)
    axe(page)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_fits_320_pixels(new_page: Callable[..., Page], havn_server: Server, address: str) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(havn_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["/", "/chat"])
def test_the_first_view_asks_nobody_else_sets_no_cookie_and_is_small(
    new_page: Callable[..., Page], havn_server: Server, address: str
) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(havn_server.url + address, wait_until="networkidle")
    assert all(url.startswith((havn_server.url, "data:")) for url in asked)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert sum(sizes) <= 60 * 1024


@pytest.mark.parametrize("role", ["counsellor", "supervisor", "coordinator"])
def test_one_press_opens_the_desk(staff_page: Callable[..., Page], axe: Callable[..., None], role: str) -> None:
    page = staff_page(role)
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_of_a_coordinator_is_accessible_and_fits_a_phone(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], scheme: str
) -> None:
    page = staff_page("coordinator", color_scheme=scheme, viewport={"width": 360, "height": 740})
    page.goto(f"{havn_server.url}/en/desk/when")
    hold = page.locator("main a[href*='/desk/when/hold/']").first.get_attribute("href") or ""
    assert hold
    wide = []
    for address in (*STAFF, hold.removeprefix("/en")):
        page.goto(f"{havn_server.url}/en{address}")
        axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(address)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_that_is_not_there_offers_the_way_out_and_the_way_back(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], watch: Watch, scheme: str
) -> None:
    watch.allow("status of 404")
    page = new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page.goto(f"{havn_server.url}/nothing-here")
    axe(page)
    assert page.locator("#quick-exit").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto(f"{havn_server.url}/en/desk/nothing-here")
    assert page.locator("#quick-exit").count() == 0
    assert page.locator("main a[href='/desk']").is_visible()
