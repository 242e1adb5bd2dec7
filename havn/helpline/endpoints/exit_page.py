"""Quick exit from the server's side, and the way back from the blank page it leaves behind."""

import asyncio
import logging

from django.conf import settings

from havn.common.clock import now_ms
from havn.common.left import LEFT_SECONDS
from havn.helpline.actions.visits import leave_quickly
from havn.live import api as live
from havn.live.http import LiveRequest, LiveResponse, local_path, set_cookie
from havn.live.origin import token_fits
from havn.live.visitors import token_of
from havn.tenancy.queries import centre_for_host

log = logging.getLogger("havn.helpline")

FALLBACK_SITE = "https://www.wikipedia.org/"
CLOSE_SECONDS = 2.0


async def leave(request: LiveRequest) -> LiveResponse:
    """Lead to an everyday site at once; close the visit behind, and let Back show a blank page for ten minutes.

    Another site cannot press it: the visit is closed only when the browser says that the press came from our pages or
    from the address bar. A browser too old to say so shows the form token of the page instead; without that it is
    led away, its cookie goes, and the visit ends by its own clock.
    """
    site = request.header("sec-fetch-site")
    if site not in {"", "same-origin", "none"}:
        return LiveResponse(403, b"", [(b"cache-control", b"no-store")])
    centre = await request.read(lambda: centre_for_host(request.host))
    if site or token_fits(request.query.get("t", ""), token_of(request.cookies)):
        await _close(request)
    away = centre.neutral_site if centre else FALLBACK_SITE
    return LiveResponse(303, b"", [(b"location", away.encode()), *_wiped()])


async def open_again(request: LiveRequest) -> LiveResponse:
    """The button of the blank page: forget that somebody left, and go back to the page asked for."""
    fields = await request.fields()
    to = local_path(fields.get("to", "")) or "/"
    forget = _left_cookie("", 0)
    return LiveResponse(
        303, b"", [(b"location", to.encode()), (b"set-cookie", forget.encode()), (b"cache-control", b"no-store")]
    )


async def _close(request: LiveRequest) -> None:
    """End the visit if there is one. Whatever goes wrong here must not keep the child on the page."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            visitor = await request.visitor()
            if visitor is not None:
                await request.write(lambda: leave_quickly(visitor=visitor, now_ms=now_ms()))
    except Exception:
        log.warning("A visit could not be closed at quick exit; its session ends by its own clock", exc_info=True)


def _wiped() -> list[tuple[bytes, bytes]]:
    cookies = [
        live.no_visitor_cookie(),
        set_cookie(settings.CSRF_COOKIE_NAME, "", max_age=0),
        _left_cookie("1", LEFT_SECONDS),
    ]
    return [
        (b"clear-site-data", b'"storage"'),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        *((b"set-cookie", cookie.encode()) for cookie in cookies),
    ]


def _left_cookie(value: str, seconds: int) -> str:
    """Readable by script, since the script of quick exit sets it too; it carries nothing."""
    return set_cookie(settings.LEFT_COOKIE_NAME, value, max_age=seconds).replace("; HttpOnly", "")
