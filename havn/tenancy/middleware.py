"""The host name picks the centre."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from havn.tenancy.queries import centre_for_host


def centre_of_host(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.centre`, or answer 404 in plain words for a name that no centre has."""

    def answer(request: HttpRequest) -> HttpResponse:
        centre = centre_for_host(_host(request))
        if centre is None:
            return HttpResponseNotFound(_sentence(), content_type="text/plain; charset=utf-8")
        request.centre = centre  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _sentence() -> str:
    """In English: without a centre nobody knows its languages. The name asked for is not repeated."""
    if settings.FRONT == "loopback":
        return (
            "There is no centre at this address. On the machine that runs Havn, open http://localhost and its port; "
            "for any other name, give it to a centre first (havn centre load)."
        )
    return "There is no centre at this address."


def _host(request: HttpRequest) -> str:
    """The name asked for; "" when it is not a host name at all."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""
