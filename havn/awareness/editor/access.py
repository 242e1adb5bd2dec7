"""Wagtail's own screens behind the one sign-in door, with a content policy that they can work under."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from havn.accounts.access import staff
from havn.awareness.editor.groups import WRITERS, follow_memberships
from havn.awareness.editor.reach import check_in_reach
from havn.awareness.editor.translated import check_translation_is_there

# Its page editor has scripts and styles inside the page, and shows the page being written in a frame.
POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


def for_writers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open one of Wagtail's views to editors and publishers of this centre, on what is theirs, and to nobody else."""

    @wraps(view)
    def writing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        follow_memberships(request.user)  # type: ignore[arg-type]
        if isinstance(kwargs.get("pk"), str) and not kwargs["pk"].isdigit():
            raise Http404  # Wagtail would fail on it: the numbers of all that is edited here are numbers
        check_in_reach(request, kwargs)
        if "translation_id" in kwargs:
            check_translation_is_there(kwargs["translation_id"])
        response = view(request, *args, **kwargs)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return staff(*WRITERS)(writing)


def guarded(patterns: list[URLPattern | URLResolver], instead: Mapping[str, Callable[..., Any]]) -> list[Any]:
    """The addresses with every view guarded; `instead` has views of our own for those that it names."""
    kept: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = guarded(pattern.url_patterns, instead)
            pattern.__dict__["url_patterns"] = inside
            if inside:
                kept.append(pattern)
        else:
            if not hasattr(pattern.callback, "access"):
                pattern.callback = for_writers(instead.get(pattern.name or "", pattern.callback))
            kept.append(pattern)
    return kept
