"""What the desk's screens share: the centre of the site, and an entry that this person keeps."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from havn.accounts.models import User
from havn.centres.api import ContactPoint
from havn.common.clock import now
from havn.directory.listing import EntryNow
from havn.directory.permissions import check_can_keep
from havn.directory.queries import entry_now
from havn.tenancy.models import Centre, Service


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose site this is."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def kept_service(request: HttpRequest, service_id: int) -> Service:
    """The service; 404 when there is none, NotAllowed when this person does not keep its entry."""
    services = Service.objects.select_related("organisation__centre").filter(
        organisation__centre__kind=Centre.Kind.NATIONAL
    )
    service = get_object_or_404(services, pk=service_id)
    user: User = request.user  # type: ignore[assignment]
    check_can_keep(user, centre_of(request), service)
    return service


def kept_entry(request: HttpRequest, service_id: int) -> EntryNow:
    """The entry as it is now, with the same guard."""
    kept_service(request, service_id)
    entry = entry_now(service_id, now())
    if entry is None:
        raise Http404
    return entry


def kept_point(request: HttpRequest, point_id: int) -> ContactPoint:
    """One way to reach a service, with the same guard."""
    point = get_object_or_404(ContactPoint.objects.select_related("service__organisation__centre"), pk=point_id)
    kept_service(request, point.service_id)
    return point
