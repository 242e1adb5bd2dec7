"""The language stands first in the address (/nb/chat): no cookie, and every link keeps it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix
from django.utils import translation


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
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            response = get_response(request)
        finally:
            set_script_prefix("/")
            translation.deactivate()
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def _wished(request: HttpRequest) -> str:
    centre = getattr(request, "centre", None)
    offered = centre.languages if centre and centre.languages else [settings.LANGUAGE_CODE]
    header = request.headers.get("Accept-Language", "")[:200]
    for wish in header.split(","):
        code = wish.split(";")[0].strip().lower().split("-")[0]
        code = "nb" if code in {"no", "nn"} and "nb" in offered else code
        if code in offered:
            return str(code)
    return str(offered[0])
