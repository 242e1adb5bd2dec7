"""The screens of keys."""

from typing import cast

from django.http import Http404, HttpRequest

from havn.accounts.models import User
from havn.tenancy.models import Service


def service_of(request: HttpRequest, service_id: int) -> Service:
    """The service if it belongs to the centre at this address; 404 for any other, there or not."""
    service = (
        Service.objects.select_related("organisation")
        .filter(pk=service_id, organisation__centre=request.centre)  # type: ignore[attr-defined]
        .first()
    )
    if service is None:
        raise Http404
    return service


def person(request: HttpRequest) -> User:
    """Who is signed in: the view's `staff` decorator has seen to it."""
    return cast(User, request.user)
