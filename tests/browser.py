"""A real browser: pages that fail the test when they break the content policy or log an error, and axe."""

import contextlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_HOME = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\]):\d+")
_WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`Content policy: ${event.violatedDirective} forbids ${event.blockedURI || "inline"}`);
});
"""


def chromium_options() -> dict[str, Any]:
    """How to launch Chromium: the system's own where there is one, else the one that playwright brought."""
    path = os.environ.get("HAVN_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    options: dict[str, Any] = {"args": ["--no-sandbox"] if os.geteuid() == 0 else []}
    if path:
        options["executable_path"] = path
    return options


class Watch:
    """What a page complained of. `allow` names by pattern what a test provokes on purpose."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Complaints that match are meant by the test."""
        self._allowed.append(re.compile(pattern))

    def on(self, page: Page) -> None:
        page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._note(f"Uncaught: {error}"))

    def _note(self, text: str) -> None:
        self.complaints.append(text)

    def unexpected(self) -> list[str]:
        return [text for text in self.complaints if not any(pattern.search(text) for pattern in self._allowed)]


@pytest.fixture(scope="session")
def playwright_started() -> Iterator[Playwright]:
    # Playwright's synchronous calls keep an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def browser(playwright_started: Playwright) -> Iterator[Browser]:
    launched = playwright_started.chromium.launch(**chromium_options())
    yield launched
    launched.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The complaints of all pages of a test; any that is not allowed fails it at the end."""
    watching = Watch()
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def new_context(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers of separate people: `new_context(java_script_enabled=False, viewport=…)`."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(10_000)
        context.add_init_script(_WATCH_POLICY)
        context.on("page", watch.on)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        _go_home(context)
        context.close()


def _go_home(context: BrowserContext) -> None:
    """Leave quickly where a visit is still open: a child left in line would be the next test's first."""
    if not any(cookie["name"] == "visit" for cookie in context.cookies()):
        return
    for home in {match[0] for page in context.pages if (match := _HOME.match(page.url))}:
        # A test may have ended the server.
        with contextlib.suppress(Error):
            context.request.get(f"{home}/exit", headers={"Sec-Fetch-Site": "same-origin"}, max_redirects=0)


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Makes a page in a browser of its own; takes the options of `new_context`."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


def eventually(page: Page, expression: str, arg: Any = None, timeout: float = 10_000) -> None:
    """Wait until the expression holds. Playwright's own wait evaluates a string, which our content policy forbids."""
    deadline = time.monotonic() + timeout / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, f"not within {timeout / 1000:.0f} s: {expression}"
        page.wait_for_timeout(50)


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with the rule and the element when the page breaks WCAG 2.2 A or AA or a best practice."""
    return assert_accessible


def assert_accessible(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """Run axe on the page as it is now. `without` names rules that a test has a reason to leave out."""
    # Evaluated by the debugger, not inserted as an element: the content policy stays as it is for people.
    page.evaluate(AXE.read_text() + "\n;undefined")
    # What fades in is looked at when it is there.
    page.evaluate(
        "() => document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)"
        ".forEach((one) => one.finish())"
    )
    # region: quick exit stands before every landmark on purpose, first in the tab order.
    rules = json.dumps({name: {"enabled": False} for name in ("region", *without)})
    found = page.evaluate(
        # A page from a file may not ask for its own style sheet a second time.
        f"() => axe.run(document, {{preload: {json.dumps(not page.url.startswith('file:'))}, "
        "resultTypes: ['violations'], rules: " + rules + ","
        " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    problems = [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not problems, f"{page.url}: " + "\n".join(problems)
