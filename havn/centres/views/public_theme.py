"""A centre's stylesheet and logo. Their address changes with their content, so that a browser keeps each for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from havn.centres.models import CentreTheme
from havn.centres.rules.theme import HAVN
from havn.centres.theme import colours_of, mark_of, stylesheet
from havn.common.access import public

KEPT = "public, max-age=31536000, immutable"


@public
@require_safe
def style(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """The tokens of the centre's colours. Only the ones of today are served, and only at the centre's own name."""
    colours = colours_of(_theme(request, slug))
    return _file(stylesheet(colours).encode() if colours != HAVN else b"", mark, "text/css; charset=utf-8")


@public
@require_safe
def logo(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """The centre's logo, as it was made small when it came in."""
    return _file(bytes(_theme(request, slug).logo), mark, "image/png")


def _theme(request: HttpRequest, slug: str) -> CentreTheme:
    centre = request.centre  # type: ignore[attr-defined]
    theme: CentreTheme | None = getattr(centre, "theme", None)
    if theme is None or slug != centre.slug:
        raise Http404
    return theme


def _file(content: bytes, mark: str, kind: str) -> HttpResponse:
    if not content or mark != mark_of(content):
        raise Http404
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": KEPT})
