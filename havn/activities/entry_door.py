"""The way from a centre's first page to its reports on what it did."""

from django.db.models import QuerySet
from django.http import HttpRequest

from havn.activities.models import PeriodReport
from havn.activities.queries import reports_visible_to_public


def published_here(request: HttpRequest) -> QuerySet[PeriodReport]:
    """The reports that anybody may read: the way stands there while there is one."""
    return reports_visible_to_public(request.centre)  # type: ignore[attr-defined]
