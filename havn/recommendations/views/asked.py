"""What the views of the desk have in common: whose desk it is, and the thing that the address names."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from havn.recommendations.models import Ask, Factsheet, FollowUp, Remark, SheetChapter
from havn.recommendations.permissions import can_speak, check_can_read, is_secretariat, today_in
from havn.recommendations.queries.factsheets import (
    follow_ups_visible_to,
    open_for_comments,
    remarks_visible_to,
    visible_to,
)
from havn.tenancy.models import Centre


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose desk it is, for somebody who may read there."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_read(request.user, centre)  # type: ignore[arg-type]
    return centre


def factsheets_on(request: HttpRequest) -> QuerySet[Factsheet]:
    """The factsheets of this desk."""
    centre = centre_of(request)
    return visible_to(centre, to_secretariat=is_secretariat(request.user, centre))  # type: ignore[arg-type]


def guest_sheets_on(request: HttpRequest) -> QuerySet[Factsheet]:
    """Factsheets of other Parties on which people of this centre comment today."""
    centre = centre_of(request)
    if not can_speak(request.user, centre):  # type: ignore[arg-type]
        return Factsheet.objects.none()
    found = open_for_comments(today_in(centre)).exclude(party=centre)
    return found.exclude(pk__in=factsheets_on(request).values("pk"))


def is_guest(request: HttpRequest, factsheet: Factsheet) -> bool:
    """Whether it is only commented here."""
    return not factsheets_on(request).filter(pk=factsheet.pk).exists()


def readable_of(request: HttpRequest, factsheet_id: int) -> Factsheet:
    """A factsheet of this desk, or one to comment on. Http404 for any other."""
    return get_object_or_404(_readable(request), pk=factsheet_id)


def remark_of(request: HttpRequest, remark_id: int) -> Remark:
    """A remark in one of them. Http404 for any other."""
    found = remarks_visible_to(centre_of(request), request.user.pk or 0).filter(factsheet__in=_readable(request))
    return get_object_or_404(found.select_related("factsheet__round", "factsheet__party"), pk=remark_id)


def _readable(request: HttpRequest) -> QuerySet[Factsheet]:
    asked = (factsheets_on(request), guest_sheets_on(request))
    numbers = [pk for found in asked for pk in found.values_list("pk", flat=True)]
    return Factsheet.objects.filter(pk__in=numbers).select_related("round__instrument", "party")


def factsheet_of(request: HttpRequest, factsheet_id: int) -> Factsheet:
    """One of them. Http404 for any other."""
    return get_object_or_404(factsheets_on(request), pk=factsheet_id)


def part_of(factsheet: Factsheet, number: str) -> SheetChapter:
    """A chapter that the factsheet has, as it has it. Http404 for any other."""
    found = factsheet.parts.select_related("chapter__round", "responsible", "alternate", "validator")
    return get_object_or_404(found, chapter__number=number)


def ask_of(request: HttpRequest, ask_id: int) -> Ask:
    """An ask in a factsheet that is readable here. Http404 for any other."""
    found = Ask.objects.filter(factsheet__in=_readable(request))
    return get_object_or_404(
        found.select_related("factsheet__round", "factsheet__party", "chapter", "passage"), pk=ask_id
    )


def follow_up_of(request: HttpRequest, follow_up_id: int) -> FollowUp:
    """A follow-up of this Party, or a validated one on this desk. Http404 for any other."""
    readable = follow_ups_visible_to(centre_of(request))
    found = readable.filter(factsheet__in=factsheets_on(request)).select_related(
        "factsheet__round", "factsheet__party", "chapter", "ask__passage", "ask__chapter", "responsible", "alternate",
        "validator",
        "written_by", "validated_by",
    )  # fmt: skip
    return get_object_or_404(found, pk=follow_up_id)
