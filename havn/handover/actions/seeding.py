"""The routes that a new centre begins with, by its country (`data/routes.json` says where each was read of)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from havn.handover.models import HandoverRoute, RouteWords
from havn.tenancy.models import Centre

FILE = Path(__file__).parent.parent / "data" / "routes.json"


@transaction.atomic
def seed_routes(centre: Centre) -> int:
    """Give a centre that has none the routes of its country. Returns how many; 0 where nothing is known."""
    rows = _known().get(centre.country_code, ())
    if not rows or HandoverRoute.objects.filter(centre=centre).exists():
        return 0
    for order, row in enumerate(rows):
        route = HandoverRoute.objects.create(
            centre=centre,
            key=row["key"],
            kind=row["kind"],
            way=row["way"],
            name=row["name"],
            email=row["address"] if row["way"] == "mail" else "",
            page_url=row["address"] if row["way"] == "page" else "",
            in_use=row["in_use"],
            order=order,
        )
        RouteWords.objects.bulk_create(
            RouteWords(route=route, language=language, to=to) for language, to in row["to"].items()
        )
    return len(rows)


@cache
def _known() -> dict[str, list[dict[str, Any]]]:
    countries: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text())["countries"]
    return countries
