"""What the views of the desk have in common: whose log it is, and the thing that the address names."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from havn.activities import queries
from havn.activities.models import Activity, PeriodReport, Section
from havn.activities.permissions import check_can_read
from havn.tenancy.models import Centre


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose log the person may read."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_read(request.user, centre)  # type: ignore[arg-type]
    return centre


def activity_of(request: HttpRequest, activity_id: int) -> Activity:
    """An activity of this centre. Http404 for any other."""
    return get_object_or_404(queries.activities_of(centre_of(request)), pk=activity_id)


def report_of(request: HttpRequest, report_id: int) -> PeriodReport:
    """A report of this centre. Http404 for any other."""
    return get_object_or_404(queries.reports_of(centre_of(request)), pk=report_id)


def section_of(request: HttpRequest, section_id: int) -> Section:
    """A section of a report of this centre. Http404 for any other."""
    found = Section.objects.filter(report__in=queries.reports_of(centre_of(request)))
    return get_object_or_404(found.select_related("report__centre"), pk=section_id)
