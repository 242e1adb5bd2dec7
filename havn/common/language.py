"""The language stands first in the address (/nb/chat): no cookie, and every link keeps it.

Where a language says "you" in two ways, a centre chooses. The formal way is a catalogue of the sentences that differ,
over the language's own (`havn/locale/de_X-formal` over `de`); Django knows it as the language "de-x-formal" (a private
subtag of BCP 47). It only ever decides words: addresses, rows and look-ups go by the plain code, `reader_language()`.
"""

from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix
from django.utils import translation

_FORMAL = "-x-formal"


def language_of_path(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take a leading language off the path and put it before every address made while answering.

    Without one, the browser's wish decides among the languages offered, else the centre's first.
    """
    codes = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponse:
        first, _, rest = request.path_info.lstrip("/").partition("/")
        if first in codes:
            request.path_info = "/" + rest
            set_script_prefix(f"/{first}/")
            language = first
        else:
            set_script_prefix("/")
            language = _wished(request)
        translation.activate(spoken(language, getattr(getattr(request, "centre", None), "formal_in", ())))
        request.LANGUAGE_CODE = language
        try:
            response = get_response(request)
        finally:
            set_script_prefix("/")
            translation.deactivate()
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def reader_language() -> str:
    """The code of the language that is spoken just now, whichever way it says "you"."""
    return plain(translation.get_language() or settings.LANGUAGE_CODE)


def plain(language: str) -> str:
    """A language's own code: "de" of "de-x-formal"."""
    return language.removesuffix(_FORMAL)


def spoken(language: str, formal_in: Collection[str]) -> str:
    """The language to translate into: the formal one where it is among the centre's `formal_in` and we have one."""
    return f"{language}{_FORMAL}" if language in formal_in and language in settings.FORMAL_LANGUAGES else language


def _wished(request: HttpRequest) -> str:
    centre = getattr(request, "centre", None)
    offered = centre.languages if centre and centre.languages else [settings.LANGUAGE_CODE]
    header = request.headers.get("Accept-Language", "")[:200]
    for wish in header.split(","):
        code = wish.split(";")[0].strip().lower().split("-")[0]
        if code not in offered:
            code = _NEAREST.get(code, code)
        if code in offered:
            return str(code)
    return str(offered[0])


# A browser's "Norwegian" is Bokmål, and who asks for Nynorsk reads Bokmål rather than English.
_NEAREST = {"no": "nb", "nn": "nb"}
