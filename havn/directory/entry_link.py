"""The way from a centre's first page to the helplines of other countries and languages."""

from typing import Any

from django.http import HttpRequest

from havn.tenancy.models import Centre


def entry_link(request: HttpRequest) -> dict[str, Any] | None:
    """Nothing to fill; None for the network, whose first page leads to the directory before all else."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return None if centre.kind == Centre.Kind.NETWORK else {}
