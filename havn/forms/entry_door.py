"""The way from a centre's first page to what age checks are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from havn.common.language import reader_language


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill: the page is about every app. None in a language that the page does not speak."""
    return {} if reader_language() in dict(settings.STAFF_LANGUAGES) else None
