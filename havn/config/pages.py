"""What Django says by itself when a page can't be shown, in our words: its own pages speak to programmers."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from havn.accounts.access import wants_json
from havn.accounts.api import staff_session
from havn.common.address import site_of
from havn.common.language import plain
from havn.config.trouble import TroublePages, is_desk, language_of

_FORGED = _("This did not come from our own page. Please reload the page and try again.")
_NEVER_SHOWN_AGAIN = re.compile("password|passphrase|secret|recovery")
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
    fields = None if wants_json(request) else _to_send_again(request)
    if fields is None:
        return _told(request, 403, _FORGED)
    context = {"fields": fields, "files": bool(request.FILES), "address": request.get_full_path()}
    return render(request, "config/again.html", context, status=403)


def _to_send_again(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The fields of a staff form that only lacks today's token: the browser says that it is from our own page."""
    if request.method != "POST" or not is_desk(request.path) or request.headers.get("Origin") != site_of(request):
        return None
    session = staff_session(request.COOKIES)
    if session is None or session.locked or any(_NEVER_SHOWN_AGAIN.search(name) for name in request.POST):
        return None
    sent = request.POST.lists()
    return [(name, value) for name, values in sent if name != "csrfmiddlewaretoken" for value in values]


def _told(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    if not _pages:
        _pages.append(TroublePages())
    active = translation.get_language()
    language = plain(active) if active else language_of(request.path, request.headers.get("Accept-Language", ""))
    with translation.override(active or language):
        said = gettext(sentence) if sentence else _pages[0].sentence(status, language)
        if wants_json(request):
            answer: HttpResponse = JsonResponse({"sentence": said, "error": said}, status=status)
        else:
            answer = HttpResponse(_pages[0].page(status, language, sentence, desk=is_desk(request.path)), status=status)
    answer.headers["Content-Language"] = language
    return answer
