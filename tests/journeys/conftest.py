"""Journeys: whole stories in a real browser against a real server. Marked, so that they run last."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.server import Server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def staff_page(new_page: Callable[..., Page], havn_server: Server) -> Callable[..., Page]:
    """Makes a browser signed in by the demo's button: `staff_page("counsellor")`. At the desk when it returns."""

    def make(role: str, *, url: str = "", **options: object) -> Page:
        page = new_page(**options)
        sign_in(page, url or havn_server.url, role)
        return page

    return make


def sign_in(page: Page, url: str, role: str) -> None:
    """Press the demo's button for a role."""
    page.goto(f"{url}/desk/sign-in")
    page.locator(f"button[name=role][value={role}]").click()
    page.wait_for_url(f"{url}/desk**")
