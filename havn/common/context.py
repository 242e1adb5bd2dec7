"""What every page may need to know of itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from havn.common.language import reader_language
from havn.common.look import look_of
from havn.common.navigation import menu_for, parts_for, public_parts


def page(request: HttpRequest) -> dict[str, Any]:
    """The centre, whether this is the demo, and the path without its language for the language links."""
    centre = getattr(request, "centre", None)
    return {
        "centre": centre,
        "demo": settings.DEMO,
        "path_in_language": request.path_info.lstrip("/"),
        "languages_here": _languages_of(centre),
        # Over Django's own, which would say which way of a language is spoken.
        "LANGUAGE_CODE": reader_language(),
        "staff_nav": SimpleLazyObject(lambda: menu_for(request)),
        "staff_parts": parts_for(request),
        "public_parts": public_parts(),
        "look": look_of(request),
    }


def _languages_of(centre: Any) -> list[tuple[str, str]]:
    """Code and own name of each language that the centre offers; without a centre those that are whole."""
    names = dict(settings.LANGUAGES)
    offered = [(code, names[code]) for code in centre.languages if code in names] if centre else []
    return offered or list(settings.STAFF_LANGUAGES)
