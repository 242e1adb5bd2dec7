"""The way from a centre's first page to what its country was asked, and did."""

from django.db.models import QuerySet
from django.http import HttpRequest

from havn.recommendations.models import Factsheet
from havn.recommendations.queries.factsheets import published
from havn.tenancy.models import Centre


def published_here(request: HttpRequest) -> QuerySet[Factsheet]:
    """The public factsheets, of its own country or of any for the network: the way stands there while there is one."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = published()
    if centre.kind != Centre.Kind.NETWORK:
        found = found.filter(party=centre)
    return found
