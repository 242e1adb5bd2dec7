"""The way from a centre's first page to its open data."""

from django.db.models import QuerySet
from django.http import HttpRequest

from havn.releases.models import Release


def published_here(request: HttpRequest) -> QuerySet[Release]:
    """What anybody can read of the centre's figures: the way stands there while there is some."""
    return Release.objects.filter(dataset__centre=request.centre)  # type: ignore[attr-defined]
