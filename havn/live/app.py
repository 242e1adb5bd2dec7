"""The ASGI app of everything under /live/ (and what strands registered elsewhere, such as /exit)."""

import logging
from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from havn.common.errors import Refused
from havn.live import origin, registry
from havn.live.http import LARGEST_BODY, HttpError, LiveRequest, LiveResponse, Receive, Scope, Send, no_session, refusal
from havn.live.registry import LiveRoute
from havn.live.runtime import Live
from havn.live.streams import Stream
from havn.live.visitors import token_of

_log = logging.getLogger("havn.live")


class LiveApp:
    """Call `start` before the first request and `stop` after the last, or send it the ASGI lifespan."""

    def __init__(self, routes: Iterable[LiveRoute]) -> None:
        self.routes = {route.path: route for route in routes}
        self.live = Live()

    @property
    def paths(self) -> frozenset[str]:
        """Every address it answers."""
        return frozenset(self.routes)

    @property
    def staff_paths(self) -> frozenset[str]:
        """Those of them that only staff may use."""
        return frozenset(route.path for route in self.routes.values() if route.access == "staff")

    async def start(self) -> None:
        await self.live.start()

    async def stop(self) -> None:
        await self.live.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._lifespan(receive, send)
        if scope["type"] != "http":
            return None
        request = LiveRequest(scope, receive, self.live)
        try:
            answer = await self._answer(request)
        except HttpError as error:
            answer = refusal(request, error)
        except Refused as refused:
            code = "not-allowed" if refused.status == 403 else "refused"
            answer = refusal(request, HttpError(refused.status, code, refused.sentence))
        except (ConnectionAbortedError, TimeoutError):
            return None
        except Exception:
            _log.exception("A request to the live process failed.")
            sentence = _("Something went wrong on our side. Please try again.")
            answer = refusal(request, HttpError(500, "failed", sentence))
        if isinstance(answer, Stream):
            # It may stay for hours: what the request brought need not.
            scope["headers"] = []
            del request
            return await answer.serve(receive, send)
        headers = answer.headers
        if answer.status != 204:
            headers = [*headers, (b"content-length", b"%d" % len(answer.body))]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        send = getattr(send, "plain", send)
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else answer.body})
        return None

    async def _answer(self, request: LiveRequest) -> "LiveResponse | Stream":
        route = self.routes.get(request.path)
        if route is None:
            raise HttpError(404, "unknown", _("There is no such address here."))
        method = "GET" if request.method == "HEAD" else request.method
        if method not in route.methods:
            raise HttpError(405, "method", _("This address is used in another way."))
        if method == "POST":
            await _check_origin(request)
        if route.access == "visitor":
            if await request.visitor() is None:
                raise no_session()
        elif route.access == "staff" and await self.live.seats.of(request.cookies) is None:
            raise HttpError(401, "no-session", _("You are signed out. Please sign in again."))
        answer = await route.endpoint(request)
        return LiveResponse(204) if answer is None else answer

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.start()
                except Exception:
                    _log.exception("The live process could not start.")
                    await send({"type": "lifespan.startup.failed", "message": "The live process could not start."})
                    return
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def live_app(routes: Iterable[LiveRoute] | None = None) -> LiveApp:
    """The app with every registered address, or with the given ones."""
    return LiveApp(registry.routes.values() if routes is None else routes)


async def _check_origin(request: LiveRequest) -> None:
    ours = origin.check(request.headers)
    if ours is None:
        fields = await request.fields(longest=LARGEST_BODY)
        ours = origin.token_fits(fields.get("form_token", ""), token_of(request.cookies))
    if not ours:
        raise HttpError(403, "origin", _("This did not come from our own page. Please reload the page and try again."))
