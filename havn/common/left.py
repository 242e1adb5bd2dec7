"""After quick exit: for ten minutes every public page is blank, so that Back shows no word of ours.

The cookie says only "left" and carries no id. Staff pages are not affected. The button "Open" posts to the live
process, which forgets the cookie and leads back; a link would stay in the history and undo the blank on the way Back.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

Handler = Callable[[HttpRequest], HttpResponse]

LEFT_SECONDS = 600
STAFF_DOORS = frozenset({"accounts", "vault"})
"""Areas whose sign-in pages anybody may open, but which no visitor comes from."""


def blank_after_leaving(get_response: Handler) -> Handler:
    """Answer every public address with a blank page while the cookie of quick exit lives."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.LEFT_COOKIE_NAME not in request.COOKIES or _is_for_staff(request.path_info):
            return get_response(request)
        path = request.get_full_path()
        return render(request, "common/left.html", {"to": path}, status=200)

    return answer


def _is_for_staff(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    access = getattr(match.func, "access", None)
    return (access is not None and access.who == "staff") or bool(STAFF_DOORS & set(match.namespaces))
