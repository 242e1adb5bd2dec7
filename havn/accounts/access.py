"""Who may open a staff view, said at the view and enforced in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation

from havn.accounts.activity import mark_active_if_due
from havn.accounts.again import Why, given_back
from havn.accounts.permissions import not_allowed_sentence
from havn.accounts.queries import roles_in_centre
from havn.accounts.sessions import SignedIn
from havn.common.access import Access
from havn.common.errors import NotAllowed
from havn.common.language import reader_language

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
REFERRER = "same-origin"


def staff(*roles: str, when_locked: bool = False) -> Callable[[View], View]:
    """Open the view to members of request.centre who hold one of `roles` (none: any) in one of its organisations.

    Not signed in: to the sign-in page, and back after it (scripts that accept JSON: 401). Locked: to the lock
    page (423) unless `when_locked`. What a form brought is given back then (`again.py`). Another role: NotAllowed.
    Sets `request.roles`. Whether the person may touch this service or this conversation is for the app's own
    permissions.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            signed_in: SignedIn | None = getattr(request, "staff", None)
            if signed_in is None:
                return _elsewhere(request, "accounts:sign_in", 401, {"signed_out": True})
            speak_their_language(request)
            if signed_in.locked and not when_locked:
                return _elsewhere(request, "accounts:locked", 423, {"locked": True})
            held = roles_in_centre(signed_in.user_id, request.centre)  # type: ignore[attr-defined]
            if not held or (roles and not held & set(roles)):
                raise NotAllowed(not_allowed_sentence(roles if held else ()))
            request.roles = held  # type: ignore[attr-defined]
            if not signed_in.locked:
                request.staff = mark_active_if_due(request, signed_in)  # type: ignore[attr-defined]
            with local_time(request):
                return _finish(view(request, *args, **kwargs))

        guarded.access = Access("staff", tuple(str(role) for role in roles))  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def door(view: View) -> View:
    """A staff page that is opened before one is signed in: sign-in, second step, invitation."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _finish(view(request, *args, **kwargs))

    opened.access = Access("public")  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def local_time(request: HttpRequest) -> timezone.override:
    """Times on the page in the centre's own zone."""
    return timezone.override(ZoneInfo(request.centre.time_zone))  # type: ignore[attr-defined]


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which can't follow a redirect to a form."""
    return "application/json" in request.headers.get("Accept", "")


def safe_next(request: HttpRequest, wish: str | None) -> str:
    """A path on this site's desk to go back to; the desk for anything else."""
    if wish and len(wish) < 500 and wish.isprintable() and "\\" not in wish and "//" not in wish:
        bare = "/" + wish.lstrip("/").split("/", 1)[1] if wish[1:3].isalpha() and wish[3:4] == "/" else wish
        if bare == "/desk" or bare.startswith(("/desk/", "/desk?")):
            return wish
    return get_script_prefix() + "desk"


def speak_their_language(request: HttpRequest) -> None:
    """The screens in the language of the person, unless the address names another."""
    if get_script_prefix() == "/":
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)


def _elsewhere(request: HttpRequest, url_name: str, status: int, told: dict[str, bool]) -> HttpResponse:
    if wants_json(request):
        answer: HttpResponse = JsonResponse(told, status=status)
    elif again := given_back(request, Why.LOCKED if told.get("locked") else Why.SIGNED_OUT, status):
        answer = again
    else:
        path = request.get_full_path() if request.method == "GET" else ""
        answer = HttpResponseRedirect(reverse(url_name) + ("?" + urlencode({"next": path}) if path else ""))
    _finish(answer)
    return answer


def _finish(response: HttpResponseBase) -> HttpResponseBase:
    # Django compares the Origin of a posted form with its own; `no-referrer` would make browsers send "null".
    response.headers["Referrer-Policy"] = REFERRER
    response.headers["Content-Language"] = reader_language()
    return response
