"""The band for other sites: a page to frame, a script to include, and how to do it.

Nobody is counted, no cookie is set, and the framed page needs no script. These are the only answers of Havn that
another site may show within its own pages.
"""

import json
from collections.abc import Callable
from functools import wraps

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from havn.centres.band import Band, band_in, band_wished, bands, helpline_path
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.middleware import for_other_sites

View = Callable[..., HttpResponse]
# Another site's visitors may ask for it on every page: an hour in the browser spares both of us.
KEPT = "public, max-age=3600"
FRAME_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}


def _framed(view: View) -> Callable[..., HttpResponseBase]:
    """Let any site frame what the view answers, and nothing more."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = for_other_sites(view(request, **kwargs), framed=True)
        response.headers["Cache-Control"] = KEPT
        return response

    return csp(FRAME_POLICY)(answer)


@public
@require_safe
@_framed
def band(request: HttpRequest) -> HttpResponse:
    """The band alone, in the language that the browser wishes."""
    response = _alone(request, band_wished(request.headers.get("Accept-Language", "")))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
@require_safe
@_framed
def band_in_language(request: HttpRequest, language: str) -> HttpResponse:
    """The band alone, in one of its languages."""
    if language not in bands():
        raise Http404
    return _alone(request, bands()[language])


@public
@require_safe
def band_script(request: HttpRequest) -> HttpResponse:
    """A script that puts the band where it is included, in the language of that page."""
    words = {code: [one.title, one.link, helpline_path(code)] for code, one in bands().items()}
    source = render_to_string(
        "centres/band.js", {"words": json.dumps(words, ensure_ascii=False, separators=(",", ":"))}
    )
    response = for_other_sites(HttpResponse(source, content_type="text/javascript; charset=utf-8"))
    response.headers["Cache-Control"] = KEPT
    return response


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How to show the band on a site of your own: a link, a frame, or a script, to copy in any of its languages."""
    chosen = band_in(request.GET.get("in", "") or reader_language())
    scheme = "https" if settings.SECURE else "http"
    context = {
        "band": chosen,
        "bands": bands().values(),
        "site": f"{scheme}://{request.get_host()}",
        "path": helpline_path(chosen.code),
    }
    return render(request, "centres/public_band_about.html", context)


def _alone(request: HttpRequest, band: Band) -> HttpResponse:
    response = render(request, "centres/public_band.html", {"band": band, "address": helpline_path(band.code)})
    response.headers["Content-Language"] = band.code
    return response
