"""Every screen of the child: axe finds nothing, it fits the narrowest phone and the highest zoom, and it is light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.child import leave_the_line, overflows, screens_of_a_wait
from tests.journeys.story import start_chat
from tests.server import Server

NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
MOST_KB = 60


@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_screen(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], options: dict[str, str]
) -> None:
    page = new_page(**options)
    for _name in screens_of_a_wait(page, havn_server.url):
        axe(page)


@pytest.mark.parametrize("size", [NARROW, ZOOMED], ids=["320 px", "400 %"])
def test_no_screen_scrolls_sideways(new_page: Callable[..., Page], havn_server: Server, size: dict[str, int]) -> None:
    page = new_page(viewport=size)
    wide = [name for name in screens_of_a_wait(page, havn_server.url) if overflows(page)]
    assert wide == []


def test_every_button_and_link_is_large_enough_for_a_thumb(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page(viewport=NARROW)
    small = []
    for name in screens_of_a_wait(page, havn_server.url):
        found = page.evaluate(
            """() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), summary")]
              .filter((one) => one.offsetParent && !one.closest("p") && one.getBoundingClientRect().height < 24)
              .map((one) => one.outerHTML.slice(0, 80))"""
        )
        small += [f"{name}: {one}" for one in found]
    assert small == []


def test_every_screen_has_one_heading_and_quick_exit_first(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    for name in screens_of_a_wait(page, havn_server.url):
        assert page.locator("h1").count() == 1, name
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "quick-exit", name


def test_the_waiting_room_and_the_talk_are_light(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    start_chat(page, havn_server.url)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{havn_server.url}/en/chat/waiting")
    page.wait_for_timeout(1500)
    loaded = sum(sizes)
    leave_the_line(page, havn_server.url)
    assert 0 < loaded < MOST_KB * 1000, f"{loaded / 1000:.1f} KB"


def test_forced_colours_leave_every_control_visible(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(forced_colors="active")
    start_chat(page, havn_server.url)
    axe(page, without=("color-contrast",))
    assert page.locator("text=Come back later").is_visible()
    leave_the_line(page, havn_server.url)
