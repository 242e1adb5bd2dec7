"""The way from the network's first page to what helplines hear."""

from typing import Any

from django.http import HttpRequest

from havn.tenancy.models import Centre
from havn.trends.models import HistoryQuarter
from havn.trends.queries.articles import articles_visible_to_public


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill; None at a country's centre, and where nothing is published."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    if centre.kind != Centre.Kind.NETWORK:
        return None
    there = HistoryQuarter.objects.filter(centre=centre).exists() or articles_visible_to_public(centre).exists()
    return {} if there else None
