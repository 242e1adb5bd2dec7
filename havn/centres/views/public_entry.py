"""The first page: the doors of a centre, for a child and for the grown-ups around one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.centres.doors import audiences_of, doors_for
from havn.centres.models import ContactPoint
from havn.centres.queries import contact_points_of
from havn.centres.registry import entry_parts, page_of
from havn.common.access import public
from havn.common.clock import now
from havn.common.language import reader_language
from havn.tenancy.models import Centre, Service


@public
@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """For a child or a young person."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    points = contact_points_of(centre)
    context = _doors(centre, Service.Audience.CHILDREN, points)
    context["audiences"] = audiences_of(points)
    context["come_back"] = page_of("come-back")
    context["directory"] = page_of("directory")
    context["parts"] = entry_parts(request)
    return render(request, "centres/public_entry.html", context)


@public
@require_safe
def parents(request: HttpRequest) -> HttpResponse:
    """For a parent or another grown-up at home."""
    return _for_adults(request, Service.Audience.PARENTS)


@public
@require_safe
def teachers(request: HttpRequest) -> HttpResponse:
    """For a teacher, a pedagogue or another professional."""
    return _for_adults(request, Service.Audience.PROFESSIONALS)


def _for_adults(request: HttpRequest, audience: str) -> HttpResponse:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    points = contact_points_of(centre)
    context = _doors(centre, audience, points)
    context["audience"] = audience
    context["for_children"] = _doors(centre, Service.Audience.CHILDREN, points)["doors"].main
    return render(request, "centres/public_adults.html", context)


def _doors(centre: Centre, audience: str, points: list[ContactPoint]) -> dict[str, Any]:
    return {"doors": doors_for(centre, audience, now(), reader_language(), points)}
