"""What the screens of hand-overs and reports share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from havn.common.errors import NotAllowed, Refused
from havn.helpline.forms_public import fresh_once, is_once
from havn.helpline.views.desk_answers import services_here


def once_of(request: HttpRequest) -> str:
    """The name of this press; a fresh one where the form holds none that could be."""
    sent = request.POST.get("once", "")
    return sent if is_once(sent) else fresh_once()


def service_ids_here(request: HttpRequest) -> list[int]:
    """The helplines of this centre where the person works."""
    return [service.pk for service in services_here(request)]


def done(request: HttpRequest, act: Callable[[], object], *, to: str, said: str = "") -> HttpResponse:
    """Do it and go there; a refusal is told there."""
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        if said:
            messages.success(request, said)
    return HttpResponseRedirect(to)
