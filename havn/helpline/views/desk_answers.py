"""What the views of the desk share: the service they work at, and answering a form or a script alike."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from havn.accounts.access import wants_json
from havn.accounts.api import services_for
from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.actions.open_talks import Reader
from havn.helpline.models import Duty, Turn
from havn.helpline.rules.roles import WORKS
from havn.tenancy.models import Service
from havn.vault.api import Keyring, keyring_of

P = ParamSpec("P")


def actor_of(request: HttpRequest) -> User:
    """The signed-in person. `@staff` has made sure that there is one."""
    assert isinstance(request.user, User)
    return request.user


def reader_of(request: HttpRequest) -> Reader:
    """Who looks, with the keys of this request."""
    signed_in = request.staff  # type: ignore[attr-defined]
    return Reader(
        user=actor_of(request),
        keyring=keys_of(request),
        session_hash=signed_in.session_id_hash,
        language=reader_language(),
    )


def keys_of(request: HttpRequest) -> Keyring:
    """The keyring of the request."""
    return keyring_of(request)


def services_here(request: HttpRequest, *roles: str) -> list[Service]:
    """The helplines of this centre at which the person holds one of the roles (none named: works)."""
    held = services_for(actor_of(request), request.centre, *(roles or WORKS))  # type: ignore[attr-defined]
    return [service for service in held if service.kind == Service.Kind.HELPLINE]


def service_here(request: HttpRequest, *roles: str) -> Service:
    """The helpline that was asked for, else the one of the open duty, else the first. NotAllowed without any."""
    services = services_here(request, *roles)
    if not services:
        raise NotAllowed(_("You don't work at a helpline of this centre."))
    wanted = request.GET.get("service") or request.POST.get("service")
    if wanted:
        for service in services:
            if str(service.pk) == wanted:
                return service
        raise NotAllowed(_("You don't work at this helpline."))
    duty = Duty.objects.filter(user=actor_of(request), service__in=services, ended_at_ms__isnull=True).first()
    return next((service for service in services if duty and service.pk == duty.service_id), services[0])


def turn_here(request: HttpRequest, talk: int) -> Turn:
    """A talk of this centre's helplines where the person works. The same sentence for none and for others'."""
    turn = (
        Turn.objects.filter(pk=talk, service__in=services_here(request))
        .select_related("service__organisation__centre", "conversation")
        .first()
    )
    if turn is None:
        raise NotAllowed(_("This talk is not at your helpline."))
    return turn


def desk_address(service: Service | None = None, talk: int | None = None) -> str:
    """Where the desk shows this talk."""
    query = [f"service={service.pk}"] if service else []
    query += [f"talk={talk}"] if talk else []
    return reverse("helpline:desk") + ("?" + "&".join(query) if query else "")


def answer(request: HttpRequest, to: str, **told: object) -> HttpResponse:
    """Done: a script is told where to look next, a form is sent there."""
    if wants_json(request):
        return JsonResponse({"to": to, **told})
    return HttpResponseRedirect(to)


def refusals_stay_here(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Tell a refusal on the desk itself instead of on a page of its own: nobody loses the talk from sight."""

    @wraps(view)
    def answering(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            if wants_json(request):
                more = {
                    name: getattr(refusal, name) for name in ("fields", "version", "risk") if hasattr(refusal, name)
                }
                return JsonResponse({"sentence": refusal.sentence, **more}, status=refusal.status)
            if isinstance(refusal, NotAllowed):
                raise
            messages.error(request, refusal.sentence)
            talk = kwargs.get("talk")
            return HttpResponseRedirect(desk_address(talk=talk if isinstance(talk, int) else None))

    return answering
