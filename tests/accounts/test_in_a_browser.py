"""The screens of accounts in a real browser: the idle lock's clock and cover, a newcomer's way in, and axe on each."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import sign_in
from tests.server import Server

pytestmark = pytest.mark.journey

SCREENS = [
    "account",
    "account/password",
    "account/app",
    "account/sessions",
    "roles",
    "members",
    "members/invite",
    "trail",
]
PASSWORD = "a-rope-and-two-knots"


def passwords(server: Server) -> dict[str, Any]:
    import json

    known: dict[str, Any] = json.loads((server.data / "demo-passwords.json").read_text())["norway"]
    return known


def demo_password(server: Server, role: str) -> str:
    entry = passwords(server)[role]
    return str(entry["password"] if isinstance(entry, dict) else entry[1])


def signed_in(new_page: Callable[..., Page], server: Server, role: str, path: str, **options: Any) -> Page:
    page = new_page(**options)
    sign_in(page, server.url, role)
    page.goto(f"{server.url}/en/desk/{path}")
    return page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_passes_axe_and_needs_no_sideways_scrolling(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{havn_server.url}/en/desk/sign-in")
    axe(page)
    sign_in(page, havn_server.url, "coordinator")
    for path in SCREENS:
        page.goto(f"{havn_server.url}/en/desk/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_desk_warns_covers_the_texts_keeps_the_draft_and_opens_by_the_password(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], watch: Watch
) -> None:
    watch.allow("403|423")
    page = new_page()
    page.clock.install()
    sign_in(page, havn_server.url, "supervisor")
    page.goto(f"{havn_server.url}/en/desk/account")
    draft = page.get_by_label("Name that children see")
    draft.fill("half a sentence")
    warning = page.locator(".idle-warning")
    page.clock.fast_forward("12:30")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("01:00")
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("2 minutes")
    page.get_by_role("button", name="I'm still here").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("15:10")
    dialog = page.get_by_role("dialog", name="Locked")
    expect(dialog).to_be_visible()
    expect(draft).to_be_hidden()
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_label("Password").press("Enter")
    expect(dialog.get_by_text("did not fit")).to_be_visible()
    dialog.get_by_label("Password").fill(demo_password(havn_server, "supervisor"))
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_be_hidden()
    expect(draft).to_have_value("half a sentence")
    # The server reopened it too.
    page.goto(f"{havn_server.url}/en/desk/roles")
    expect(page.get_by_role("heading", level=1)).to_have_text("What each role may do")


def test_locking_in_one_tab_covers_the_other_at_once(
    new_context: Callable[..., Any], havn_server: Server, watch: Watch
) -> None:
    context = new_context()
    one, other = context.new_page(), context.new_page()
    sign_in(one, havn_server.url, "supervisor")
    for page in (one, other):
        page.goto(f"{havn_server.url}/en/desk/account")
    one.evaluate("document.dispatchEvent(new CustomEvent('havn:locked'))")
    expect(other.get_by_role("dialog", name="Locked")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_newcomer_comes_in_by_the_link_with_and_without_script(
    new_page: Callable[..., Page], havn_server: Server, script: bool
) -> None:
    coordinator = signed_in(new_page, havn_server, "coordinator", "members/invite", java_script_enabled=script)
    coordinator.get_by_role("button", name="Make the link").click()
    link = coordinator.get_by_label("Link").input_value()
    page = new_page(java_script_enabled=script)
    page.goto(link)
    username = f"newcomer-{'with' if script else 'without'}"
    for label, text in {
        "Your name": "Ny Oppdiktet",
        "Name that children see": "Ny",
        "Username": username,
        "New password": PASSWORD,
        "The new password again": PASSWORD,
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator(".secret").text_content() or ""
    page.get_by_label("Code").fill(pyotp.TOTP(secret.replace(" ", "")).now())
    page.get_by_role("button", name="Confirm").click()
    codes = page.locator(".codes li").all_text_contents()
    assert len(codes) == 10
    page.goto(f"{havn_server.url}/en/desk/account")
    page.get_by_role("button", name=re.compile("Sign out")).click()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{havn_server.url}/en/desk/account")
    expect(page.get_by_text("You have 9 unused codes.")).to_be_visible()
