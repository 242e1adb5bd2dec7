"""The way from a centre's first page to what its country was asked, and did."""

from typing import Any

from django.http import HttpRequest

from havn.recommendations.queries.factsheets import published
from havn.tenancy.models import Centre


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill; None where no factsheet is public: of its own country, or of any for the network."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = published()
    if centre.kind != Centre.Kind.NETWORK:
        found = found.filter(party=centre)
    return {} if found.exists() else None
