"""Headers that every answer carries, and refusals told as sentences."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havn.common.errors import Refused

Handler = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def for_other_sites(response: HttpResponse, *, framed: bool = False) -> HttpResponse:
    """Let pages of any other site load this answer, or show it in a frame too. Nothing else of ours may be.

    A framed answer says who may frame it in its content policy; the older header could only forbid.
    """
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.framed_anywhere = framed  # type: ignore[attr-defined]
    return response


def security_headers(get_response: Handler) -> Handler:
    """Every page: nothing kept by the browser, no referrer, no framing (see `for_other_sites`).

    Staff pages send the referrer to themselves only, because Django checks it on https forms; a public page
    sends none at all.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if getattr(response, "framed_anywhere", False):
            del response.headers["X-Frame-Options"]
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return answer


class refusals:
    """Turn a `Refused` raised by an action into a page with its sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        desk = request.path_info.startswith("/desk")
        context = {
            "sentence": exception.sentence,
            "base": "common/base_staff.html" if desk else "common/base_public.html",
            "desk": desk,
        }
        return render(request, "common/refused.html", context, status=exception.status)
