"""The way from a centre's first page to its reports on what it did."""

from typing import Any

from django.http import HttpRequest

from havn.activities.queries import reports_visible_to_public
from havn.tenancy.models import Centre


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill; None for a centre that has published no report."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return {} if reports_visible_to_public(centre).exists() else None
