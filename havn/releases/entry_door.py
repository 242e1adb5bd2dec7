"""The way from a centre's first page to its open data."""

from typing import Any

from django.http import HttpRequest

from havn.releases.queries import has_releases


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill; None where nothing is published."""
    return {} if has_releases(request.centre) else None  # type: ignore[attr-defined]
