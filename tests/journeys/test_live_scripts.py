"""The two scripts under every talk, in a real browser: one stream for all tabs, and words that are never lost."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from havn import __version__
from tests.browser import Watch, eventually
from tests.live.test_kill import made_talks
from tests.server import Server

STATIC = f"/static/{__version__}/live"
LISTEN = """
async ([path]) => {
  const { openStream } = await import(`${path}/stream.js`);
  window.told = [];
  window.lines = [];
  window.stream = openStream({
    address: "/live/stream", after: 0, lang: "en",
    onEvent: (name, data) => window.told.push([name, data]),
    onLine: (line) => window.lines.push(line),
  });
}
"""
WRITE = """
async ([path]) => {
  const { Outbox } = await import(`${path}/outbox.js`);
  window.states = [];
  window.outbox = new Outbox({
    address: "/live/message", store: "test", onState: (id, state) => window.states.push([id, state]),
  });
}
"""
TEXTS = "() => window.told.filter(([name]) => name === 'message').map(([, data]) => data.text)"
SAID = "(texts) => JSON.stringify(window.told.filter(([n]) => n === 'message').map(([, d]) => d.text)) === texts"


def test_tabs_share_one_stream_and_another_leads_when_the_first_is_closed(
    own_server: Callable[..., Server], new_context: Callable[..., BrowserContext]
) -> None:
    server = own_server("serve")
    context = _context(server, new_context)
    first, second = _listening(context, server), _listening(context, server)
    streams: list[str] = []
    for page in (first, second):
        page.on("request", lambda request: streams.append(request.url) if "/live/stream" in request.url else None)
    for page in (first, second):
        eventually(page, "window.told.some(([name]) => name === 'hello')")
    _send(first, "En")
    _send(second, "To")
    for page in (first, second):
        eventually(page, SAID, arg='["En","To"]')
    leader = first if first.evaluate("window.stream.line !== null") else second
    follower = second if leader is first else first
    assert follower.evaluate("window.stream.line === null")
    leader.close()
    eventually(follower, "window.stream.line !== null", timeout=10_000)
    _send(follower, "Tre")
    eventually(follower, SAID, arg='["En","To","Tre"]')
    late = _listening(context, server)
    eventually(late, SAID, arg='["En","To","Tre"]')
    assert follower.evaluate(TEXTS) == ["En", "To", "Tre"]


def test_what_was_written_without_a_line_is_stored_once_and_in_order_when_it_is_back(
    own_server: Callable[..., Server], new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    server = own_server("serve")
    context = _context(server, new_context)
    page = _listening(context, server)
    page.evaluate(WRITE, [STATIC])
    eventually(page, "window.told.some(([name]) => name === 'hello')")
    page.evaluate("window.outbox.send('En')")
    eventually(page, SAID, arg='["En"]')
    context.set_offline(True)
    page.evaluate("for (const text of ['To', 'Tre', 'Fire']) window.outbox.send(text); window.outbox.draft = 'halv'")
    eventually(page, "window.states.some(([, state]) => state === 'waiting')")
    assert page.evaluate("window.outbox.pending().map(({ text }) => text)") == ["To", "Tre", "Fire"]
    assert "halv" in page.evaluate("Object.values(sessionStorage).join()")
    context.set_offline(False)
    eventually(page, SAID, arg='["En","To","Tre","Fire"]', timeout=30_000)
    eventually(page, "window.outbox.pending().length === 0")
    page.evaluate("window.outbox.forget()")
    assert page.evaluate("Object.values(sessionStorage).join()") == ""


def test_unsent_words_survive_a_reload(
    own_server: Callable[..., Server], new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow("ERR_FAILED")
    server = own_server("serve")
    context = _context(server, new_context)
    page = _listening(context, server)
    context.route("**/live/message", lambda route: route.abort())
    page.evaluate(WRITE, [STATIC])
    page.evaluate("window.outbox.send('Viktig'); window.outbox.draft = 'halv'")
    eventually(page, "window.states.some(([, state]) => state === 'waiting')")
    context.unroute("**/live/message")
    page.reload()
    page.evaluate(LISTEN, [STATIC])
    page.evaluate(WRITE, [STATIC])
    assert page.evaluate("window.outbox.draft") == "halv"
    eventually(page, SAID, arg='["Viktig"]', timeout=15_000)


def test_a_killed_server_is_found_again_and_nothing_is_missing(
    own_server: Callable[..., Server], new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow("ERR_")
    watch.allow("Failed to load resource")
    server = own_server("serve")
    context = _context(server, new_context)
    page = _listening(context, server)
    page.evaluate(WRITE, [STATIC])
    eventually(page, "window.told.some(([name]) => name === 'hello')")
    page.evaluate("window.outbox.send('Før')")
    eventually(page, SAID, arg='["Før"]')
    server.kill("live")
    page.evaluate("window.outbox.send('Etter')")
    eventually(page, SAID, arg='["Før","Etter"]', timeout=60_000)
    assert page.evaluate("window.lines[0]") == "connected"
    assert page.evaluate("window.lines.at(-1)") == "connected"


def test_the_end_of_the_visit_ends_the_stream_and_is_not_tried_again(
    own_server: Callable[..., Server], new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    server = own_server("serve")
    context = _context(server, new_context)
    page = _listening(context, server)
    eventually(page, "window.told.some(([name]) => name === 'hello')")
    context.clear_cookies()
    page.evaluate("window.stream.line.failed()")
    eventually(page, "window.lines.at(-1) === 'gone'")


def _context(server: Server, new_context: Callable[..., BrowserContext]) -> BrowserContext:
    name, tokens = made_talks(server)
    context = new_context()
    context.add_cookies([{"name": name, "value": tokens[0], "url": server.url}])
    return context


def _listening(context: BrowserContext, server: Server) -> Page:
    page = context.new_page()
    page.goto(f"{server.url}/")
    page.evaluate(LISTEN, [STATIC])
    return page


def _send(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => fetch("/live/message", {
          method: "POST", body: JSON.stringify({ text }),
          headers: { Accept: "application/json", "Content-Type": "application/json" },
        })""",
        text,
    )
