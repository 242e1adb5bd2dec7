"""What a person is promised: privacy, for children and for grown-ups, and accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.centres.models import CentreTexts
from havn.centres.queries import contact_points_of
from havn.centres.registry import keeping_of, readers_of
from havn.common.access import public
from havn.tenancy.models import Centre, Organisation, Service


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who answers, who reads, how long, when confidentiality ends, and whom to complain to."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = {
        "texts": CentreTexts.objects.filter(centre=centre).first(),
        "keeping": keeping_of(centre.pk),
        "readers": readers_of(centre.pk),
        "answering": _answering(centre),
        "organisations": Organisation.objects.filter(centre=centre).order_by("pk"),
    }
    return render(request, "centres/public_privacy.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages work for everybody, and where to say that they do not."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    texts = CentreTexts.objects.filter(centre=centre).first()
    return render(request, "centres/public_accessibility.html", {"texts": texts})


def _answering(centre: Centre) -> str:
    """The organisation that answers children here, else the centre itself."""
    for point in contact_points_of(centre):
        service = point.service
        if service.kind == Service.Kind.HELPLINE and service.audience == Service.Audience.CHILDREN:
            return service.organisation.shown_name
    return centre.shown_name
