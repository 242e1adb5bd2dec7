"""A coordinator gives the centre its own colours and looks at them before anybody else does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.server import Server

WATER = "() => getComputedStyle(document.documentElement).getPropertyValue('--havn-water').trim()"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_tried_then_worn_by_every_page_and_stay_readable(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], scheme: str
) -> None:
    url = havn_server.url
    page = staff_page("coordinator", color_scheme=scheme)
    page.goto(f"{url}/desk/theme")
    before = page.evaluate(WATER)
    page.locator("#accent").fill("#7a2e5d")
    page.locator("form[method=get] button").click()
    page.wait_for_url("**/desk/theme?accent=*")
    axe(page)
    assert page.evaluate(WATER) == before
    page.locator("form[action$='/desk/theme/save'] button").click()
    page.wait_for_url(f"{url}/**/desk/theme")
    assert page.evaluate(WATER) == ("#7a2e5d" if scheme == "light" else "#eea2cc")
    for path in ("/", "/for-parents", "/chat", "/band/about"):
        page.goto(f"{url}{path}")
        assert page.evaluate(WATER) != before
        axe(page)
    page.goto(f"{url}/desk/theme?accent=%23146c7c&lamp=%23f3b43f&ink=%230e2f3b&ground=%23fbf8f3")
    page.locator("form[action$='/desk/theme/save'] button").click()
    page.wait_for_load_state()
    assert page.evaluate(WATER) == before
