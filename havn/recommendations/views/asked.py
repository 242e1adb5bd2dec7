"""What the views of the desk have in common: whose desk it is, today there, and the thing that the address names."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from havn.common.clock import now
from havn.recommendations.models import Ask, Chapter, Factsheet, FollowUp
from havn.recommendations.permissions import can_prepare, check_can_read
from havn.recommendations.queries.factsheets import visible_to
from havn.tenancy.models import Centre


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose desk it is, for somebody who may read there."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_read(request.user, centre)  # type: ignore[arg-type]
    return centre


def today_in(centre: Centre) -> dt.date:
    """The day by the centre's own clocks."""
    return now().astimezone(ZoneInfo(centre.time_zone)).date()


def factsheets_on(request: HttpRequest) -> QuerySet[Factsheet]:
    """The factsheets of this desk."""
    centre = centre_of(request)
    return visible_to(centre, to_secretariat=can_prepare(request.user, centre))  # type: ignore[arg-type]


def factsheet_of(request: HttpRequest, factsheet_id: int) -> Factsheet:
    """One of them. Http404 for any other."""
    return get_object_or_404(factsheets_on(request), pk=factsheet_id)


def chapter_of(factsheet: Factsheet, number: str) -> Chapter:
    """A chapter that the factsheet has. Http404 for any other."""
    found = Chapter.objects.filter(round=factsheet.round_id, passages__factsheet=factsheet).distinct()
    return get_object_or_404(found, number=number)


def ask_of(request: HttpRequest, ask_id: int) -> Ask:
    """An ask in one of them. Http404 for any other."""
    found = Ask.objects.filter(factsheet__in=factsheets_on(request))
    return get_object_or_404(
        found.select_related("factsheet__round", "factsheet__party", "chapter", "passage"), pk=ask_id
    )


def follow_up_of(request: HttpRequest, follow_up_id: int) -> FollowUp:
    """A follow-up in one of them. Http404 for any other."""
    found = FollowUp.objects.filter(factsheet__in=factsheets_on(request)).select_related(
        "factsheet__round", "factsheet__party", "chapter", "ask__passage", "ask__chapter", "responsible", "alternate",
        "written_by", "validated_by",
    )  # fmt: skip
    return get_object_or_404(found, pk=follow_up_id)
