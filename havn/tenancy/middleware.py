"""The host name picks the centre."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from havn.tenancy.queries import centre_for_host


def centre_of_host(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.centre`, or answer 404 in plain words for a name that no centre has."""

    def answer(request: HttpRequest) -> HttpResponse:
        centre = centre_for_host(_host(request))
        if centre is None:
            return HttpResponseNotFound("There is no centre at this address.", content_type="text/plain; charset=utf-8")
        request.centre = centre  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _host(request: HttpRequest) -> str:
    """The name asked for; "" when it is not a host name at all."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""
