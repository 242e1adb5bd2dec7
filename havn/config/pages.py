"""What Django says by itself when a page can't be shown, in our words: its own pages speak to programmers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from havn.accounts.access import wants_json
from havn.accounts.again import Why, given_back
from havn.accounts.api import staff_session
from havn.common.language import plain
from havn.config.trouble import TroublePages, is_desk, language_of

_FORGED = _("This did not come from our own page. Please reload the page and try again.")
_pages: list[TroublePages] = []


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: not a request that any page of ours makes."""
    return _told(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _told(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _told(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500. Needs neither database nor session: either may be what failed."""
    return _told(request, 500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token, with an old one, or from another site. Nothing was done with it.

    Whoever signed in anew in another tab has old tokens in every page that was open. What they wrote there is given
    back, to be sent once more by a press of theirs.
    """
    session = staff_session(request.COOKIES)
    if session is not None and not session.locked and is_desk(request.path) and not wants_json(request):
        again = given_back(request, Why.SIGNED_IN_ANEW, 403, str(getattr(request.user, "name", "")))
        if again is not None:
            return again
    return _told(request, 403, _FORGED, code="token")


def _told(request: HttpRequest, status: int, sentence: str = "", **for_scripts: str) -> HttpResponse:
    if not _pages:
        _pages.append(TroublePages())
    active = translation.get_language()
    language = plain(active) if active else language_of(request.path, request.headers.get("Accept-Language", ""))
    with translation.override(active or language):
        said = gettext(sentence) if sentence else _pages[0].sentence(status, language)
        if wants_json(request):
            answer: HttpResponse = JsonResponse({"sentence": said, "error": said, **for_scripts}, status=status)
        else:
            answer = HttpResponse(_pages[0].page(status, language, sentence, desk=is_desk(request.path)), status=status)
    answer.headers["Content-Language"] = language
    return answer
