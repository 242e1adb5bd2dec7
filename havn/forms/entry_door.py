"""The way from a centre's first page to what age checks are."""

from typing import Any

from django.http import HttpRequest


def entry_door(request: HttpRequest) -> dict[str, Any]:
    """Nothing to fill: the page is about every app, in every language of the site."""
    return {}
