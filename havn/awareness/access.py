"""Wagtail's own screens behind the one sign-in door, with a content policy that they can work under."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from havn.accounts.access import staff
from havn.awareness.groups import WRITERS, follow_memberships

# Its page editor has scripts and styles inside the page, and shows the page being written in a frame.
POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


def for_writers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open one of Wagtail's views to editors and publishers of this centre, and to nobody else."""

    @wraps(view)
    def writing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        follow_memberships(request.user)  # type: ignore[arg-type]
        if isinstance(kwargs.get("pk"), str) and not kwargs["pk"].isdigit():
            raise Http404  # Wagtail would fail on it: the numbers of all that is edited here are numbers
        response = view(request, *args, **kwargs)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return staff(*WRITERS)(writing)


def guarded(patterns: list[URLPattern | URLResolver], without: frozenset[str] = frozenset()) -> list[Any]:
    """The addresses with every view guarded, without those named (doors, passwords and people are ours)."""
    kept: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = guarded(pattern.url_patterns, without)
            pattern.__dict__["url_patterns"] = inside
            if inside:
                kept.append(pattern)
        elif pattern.name not in without:
            if not hasattr(pattern.callback, "access"):
                pattern.callback = for_writers(pattern.callback)
            kept.append(pattern)
    return kept
