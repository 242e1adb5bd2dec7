"""Pages as readers see them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from havn.awareness.counting.uses import counted
from havn.awareness.editor.moved import led_on
from havn.awareness.models import EditorialPage
from havn.awareness.queries import page_at, page_elsewhere, site_of, translation_in
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.page_cache import PAGES_SECONDS, keepable
from havn.tenancy.models import Centre


@public
@keepable(PAGES_SECONDS)
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this path in the language of the address.

    Missing in this language: lead to its translation, else show it in the language there is and say so. A slash at the
    end is taken off. Drafts, expired pages and pages for members are not there (404), whoever asks.
    """
    centre: Centre = request.centre  # type: ignore[attr-defined]
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    language = reader_language()
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    bare = path.strip("/")
    if bare != path:
        return _moved(request, f"/{language}/{bare}")
    found = page_at(centre, bare, language)
    if found is not None:
        return shown(request, found)
    other = page_elsewhere(centre, bare, language)
    if other is None:
        led = led_on(centre, bare, language, request)
        if led is None:
            raise Http404
        return _moved(request, led.address, permanent=led.permanent)
    translated = translation_in(other, language)
    if translated is not None:
        return HttpResponseRedirect(str(translated.get_url(request)))
    return shown(request, other)


def shown(request: HttpRequest, page: EditorialPage) -> HttpResponse:
    """Render it."""
    response: HttpResponse = page.serve(request).render()
    return counted(response, page, "view")


def _moved(request: HttpRequest, address: str, *, permanent: bool = True) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 301 if permanent else 302
    return response
