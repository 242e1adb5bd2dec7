"""The band on a site of somebody else, whose content policy is strict."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.server import Server

Make = Callable[..., BrowserContext]
School = Callable[..., str]
PAGE = (
    '<!doctype html><html lang="{lang}"><head><title>A school</title></head>'
    "<body><main><h1>A school</h1>{band}</main></body></html>"
)


@pytest.fixture
def school() -> Iterator[School]:
    """Another site: `school(policy, band, lang)` is the address of its page with the band in it.

    A real one, on this machine: a browser lets a page that comes from nowhere reach no server here.
    """
    shown = {"policy": "", "page": ""}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = shown["page"].encode() if self.path == "/" else b""
            self.send_response(200 if page else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", shown["policy"])
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def show(policy: str, band: str, lang: str = "en") -> str:
        shown.update(policy=f"default-src 'none'; img-src 'self'; {policy}", page=PAGE.format(lang=lang, band=band))
        return f"http://127.0.0.1:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_script_works_under_a_strict_policy_without_cookie_or_complaint(
    new_context: Make, havn_server: Server, school: School
) -> None:
    context = new_context()
    page = context.new_page()
    tag = f'<script src="{havn_server.url}/band.js" async></script>'
    page.goto(school(f"script-src {havn_server.url}", tag, lang="cs-CZ"))
    link = page.get_by_role("link", name="Kontaktuj linku pomoci")
    link.wait_for()
    assert page.get_by_text("Zneužívání online – vyhledej pomoc, nahlas to").is_visible()
    assert link.evaluate("(one) => getComputedStyle(one.parentElement).backgroundColor") == "rgb(14, 47, 59)"
    assert link.evaluate("(one) => one.getRootNode().host.lang") == "cs"
    assert context.cookies() == []
    link.click()
    page.wait_for_url(f"{havn_server.url}/**")


@pytest.mark.parametrize(("lang", "said"), [("da", "Kontakt en rådgivning"), ("tlh", "Contact a helpline")])
def test_the_script_s_own_language_goes_before_the_page_s(
    page: Page, havn_server: Server, school: School, lang: str, said: str
) -> None:
    tag = f'<script src="{havn_server.url}/band.js" data-lang="{lang}"></script>'
    page.goto(school(f"script-src {havn_server.url}", tag, lang="fi"))
    page.get_by_role("link", name=said).wait_for()


def test_the_frame_needs_no_script_and_its_link_opens_the_whole_page(
    new_context: Make, havn_server: Server, school: School
) -> None:
    context = new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    frame = f'<iframe src="{havn_server.url}/band/pl" title="Band" width="100%" height="190"></iframe>'
    page.goto(school(f"frame-src {havn_server.url}", frame))
    inside = page.frame_locator("iframe")
    inside.get_by_text("Przemoc w internecie").wait_for()
    assert context.cookies() == []
    assert "x-frame-options" not in context.request.get(f"{havn_server.url}/band/pl").headers
    inside.get_by_role("link").click()
    page.wait_for_url(f"{havn_server.url}/**")


def test_no_other_page_can_be_framed(page: Page, havn_server: Server, school: School, watch: object) -> None:
    watch.allow("frame-ancestors|ERR_BLOCKED_BY_RESPONSE")  # type: ignore[attr-defined]
    frame = f'<iframe src="{havn_server.url}/band/about" title="Band"></iframe>'
    page.goto(school(f"frame-src {havn_server.url}", frame))
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").get_by_role("heading").count() == 0


def test_the_page_that_tells_how_and_the_framed_page_are_accessible(
    page: Page, havn_server: Server, axe: Callable[..., None]
) -> None:
    for path in ("/band/about", "/nb/band/about?in=uk", "/band/el"):
        page.goto(f"{havn_server.url}{path}")
        axe(page)
