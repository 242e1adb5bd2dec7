"""What every page may need to know of itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from havn.common.look import look_of
from havn.common.navigation import entries_for, parts_for, public_parts


def page(request: HttpRequest) -> dict[str, Any]:
    """The centre, whether this is the demo, and the path without its language for the language links."""
    return {
        "centre": getattr(request, "centre", None),
        "demo": settings.DEMO,
        "path_in_language": request.path_info.lstrip("/"),
        "all_languages": settings.LANGUAGES,
        "staff_nav": SimpleLazyObject(lambda: list(entries_for(request))),
        "staff_parts": parts_for(request),
        "public_parts": public_parts(),
        "look": look_of(request),
    }
