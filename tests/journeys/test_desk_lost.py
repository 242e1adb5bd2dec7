"""The dead-man rule as people live it: a frozen line, a hidden tab, a killed process, an open record."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.journeys.conftest import sign_in
from tests.journeys.story import child_says, counsellor_says, go_on_duty, start_chat, take_next
from tests.server import Server

AWAY = "has lost the connection"
# What a hidden tab's timers may do: nothing, for minutes.
NO_TIMERS = """
const never = () => 0;
window.setInterval = never;
const later = window.setTimeout;
window.setTimeout = (run, wait, ...rest) => (wait > 500 ? 0 : later(run, wait, ...rest));
Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
Object.defineProperty(document, "hidden", { get: () => true });
"""


@pytest.fixture
def server(own_server: Callable[..., Server]) -> Server:
    return own_server()


@pytest.fixture(autouse=True)
def _lines_break_here(watch: Watch) -> None:
    """Browsers complain of every broken line; here they are broken on purpose, and servers end before browsers do."""
    watch.allow("net::ERR_|Failed to load resource")


class Tunnel:
    """A line to the server that can freeze: bytes wait in it, and neither end learns of it."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._lines: list[socket.socket] = []
        self._open = threading.Event()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]

    def __enter__(self) -> "Tunnel":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.set()
        for line in (self._door, *self._lines):
            # A thread that waits in it wakes up.
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def freeze(self) -> None:
        self._open.clear()

    def thaw(self) -> None:
        self._open.set()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            self._lines += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                self._open.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def _talk(desk: Page, child: Page, url: str, child_url: str = "") -> None:
    go_on_duty(desk, url)
    start_chat(child, child_url or url)
    take_next(desk)
    child.wait_for_url("**/chat/talk")


def test_a_frozen_line_is_told_within_twenty_seconds_and_the_same_counsellor_goes_on(
    new_page: Callable[..., Page], server: Server
) -> None:
    desk, child = new_page(), new_page()
    with Tunnel(server.port) as tunnel:
        sign_in(desk, f"http://localhost:{tunnel.port}", "counsellor")
        _talk(desk, child, f"http://localhost:{tunnel.port}", server.url)
        counsellor_says(desk, "before the tunnel")
        # A fresh duty has a minute until its desk has answered once.
        child.wait_for_timeout(12_000)
        # The line stays open at both ends; nothing comes through any more.
        tunnel.freeze()
        frozen_at = time.monotonic()
        expect(child.locator("main")).to_contain_text(AWAY, timeout=22_000)
        assert time.monotonic() - frozen_at <= 20.5
        child_says(child, "are you gone")
        tunnel.thaw()
        expect(child.locator("main")).to_contain_text("is back", timeout=30_000)
        expect(desk.locator("[data-messages]")).to_contain_text("are you gone")
        counsellor_says(desk, "here I am again")
        expect(child.locator("main")).to_contain_text("here I am again")


def test_a_hidden_tab_without_timers_keeps_its_duty(new_page: Callable[..., Page], server: Server) -> None:
    desk, child = new_page(), new_page()
    sign_in(desk, server.url, "counsellor")
    _talk(desk, child, server.url)
    desk.add_init_script(NO_TIMERS)
    desk.reload()
    child.wait_for_timeout(32_000)
    expect(child.locator("main")).not_to_contain_text(AWAY)
    child_says(child, "still there?")
    expect(desk.locator("[data-messages]")).to_contain_text("still there?")


def test_a_killed_live_process_loses_no_word_and_takes_no_counsellor(
    new_page: Callable[..., Page], server: Server
) -> None:
    desk, child = new_page(), new_page()
    sign_in(desk, server.url, "counsellor")
    _talk(desk, child, server.url)
    counsellor_says(desk, "first")
    killed = server.child("live").pid
    server.kill("live")
    desk.fill("#desk-text", "second")
    desk.press("#desk-text", "Enter")
    child.fill("#text", "third")
    child.press("#text", "Enter")
    server.wait_for_child("live", other_than=killed)
    for page in (desk, child):
        for words in ("first", "second", "third"):
            expect(page.locator("main")).to_contain_text(words, timeout=20_000)
    child.wait_for_timeout(24_000)
    expect(child.locator("main")).not_to_contain_text(AWAY)
    expect(desk.locator("[data-messages] > li", has_text="second")).to_have_count(1)
    expect(child.locator(".said", has_text="second")).to_have_count(1)


def test_a_browser_that_closes_with_an_open_record_warns(new_page: Callable[..., Page], server: Server) -> None:
    desk, child = new_page(), new_page()
    sign_in(desk, server.url, "counsellor")
    _talk(desk, child, server.url)
    desk.focus("#record-platform")
    desk.keyboard.type("Snapchat")
    expect(desk.locator("#record-platform")).to_have_value("Snapchat")
    warned: list[str] = []
    desk.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    desk.close(run_before_unload=True)
    child.wait_for_timeout(1000)
    assert warned == ["beforeunload"]
    assert not desk.is_closed()
