"""Keys that other systems read with, endpoints that are told, and the limits of both."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.accounts.api import services_for
from havn.common.errors import NotAllowed, Refused
from havn.connections.actions import endpoints, keys
from havn.connections.forms import EndpointForm, KeyForm, LimitsForm
from havn.connections.models import ApiKey
from havn.connections.permissions import CONNECTS, can_connect, can_end
from havn.connections.queries import endpoints_of, keys_of, settings_of
from havn.connections.words import event_label, scope_label
from havn.helpline.views.desk_answers import actor_of
from havn.tenancy.models import Centre, Service


@staff(*CONNECTS)
@require_http_methods(["GET", "POST"])
def connections(request: HttpRequest) -> HttpResponse:
    """Everything; a post changes the limits."""
    if request.method != "POST":
        return page(request)
    form = LimitsForm(request.POST)
    if not form.is_valid():
        return page(request, status=400, limits=form)
    return done(
        request,
        lambda: endpoints.change_settings(actor=actor_of(request), centre=centre_of(request), **form.cleaned_data),
    )


@staff(*CONNECTS)
@require_POST
def make_key(request: HttpRequest) -> HttpResponse:
    """A new key, on the page that answers and on no other."""
    form = KeyForm(request.POST, services=choices_of(request))
    if not form.is_valid():
        return page(request, status=400, key_form=form)
    values = {**form.cleaned_data, "service": service_of(request, form.cleaned_data["service"])}
    try:
        token = keys.make_key(actor=actor_of(request), centre=centre_of(request), **values)
    except NotAllowed:
        raise
    except Refused as refusal:
        return page(request, status=400, key_form=form, refusal=refusal.sentence)
    return page(request, token=token)


@staff(*CONNECTS)
@require_POST
def revoke_key(request: HttpRequest, key: int) -> HttpResponse:
    """End a key at once."""
    return done(
        request,
        lambda: keys.revoke_key(actor=actor_of(request), centre=centre_of(request), key_id=key),
        _("The key opens nothing any more."),
    )


@staff(*CONNECTS)
@require_POST
def add_endpoint(request: HttpRequest) -> HttpResponse:
    """A new endpoint, with its secret on the page that answers and on no other."""
    form = EndpointForm(request.POST, services=choices_of(request))
    if not form.is_valid():
        return page(request, status=400, endpoint_form=form)
    values = {**form.cleaned_data, "service": service_of(request, form.cleaned_data["service"])}
    try:
        _endpoint, secret = endpoints.add_endpoint(actor=actor_of(request), centre=centre_of(request), **values)
    except NotAllowed:
        raise
    except Refused as refusal:
        return page(request, status=400, endpoint_form=form, refusal=refusal.sentence)
    return page(request, secret=secret)


def page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The screen with what a form said."""
    centre, services = centre_of(request), choices_of(request)
    context = {
        "keys": [_key_row(one, request) for one in keys_of(centre)],
        "endpoints": [
            {"row": one, "events": [event_label(code) for code in one.events]} for one in endpoints_of(centre)
        ],
        "address": request.build_absolute_uri("/api/v1/"),
        "key_form": KeyForm(services=services),
        "endpoint_form": EndpointForm(services=services),
        "limits": LimitsForm(instance=settings_of(centre.pk)),
        "token": "",
        "secret": "",
        "refusal": "",
        **more,
    }
    return render(request, "connections/desk_connections.html", context, status=status)


def done(request: HttpRequest, do: Callable[[], object], told: str = "", to: str = "") -> HttpResponse:
    """Do it, say how it went, and lead back."""
    try:
        do()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told or _("Saved."))
    return HttpResponseRedirect(to or reverse("connections:connections"))


def centre_of(request: HttpRequest) -> Centre:
    """The centre of the site."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def choices_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The services the person may connect; first the whole centre for who may connect all of them."""
    centre, actor = centre_of(request), actor_of(request)
    mine = [(str(one.pk), one.name) for one in services_for(actor, centre, *CONNECTS)]
    whole = [("", _("Every service of the centre"))] if can_connect(actor, centre, None) else []
    return [*whole, *mine]


def service_of(request: HttpRequest, chosen: str) -> Service | None:
    """The chosen service; None for the whole centre."""
    if not chosen:
        return None
    mine = services_for(actor_of(request), centre_of(request), *CONNECTS)
    return next((one for one in mine if str(one.pk) == chosen), None)


def _key_row(one: ApiKey, request: HttpRequest) -> dict[str, Any]:
    return {
        "row": one,
        "scopes": [scope_label(code) for code in one.scopes],
        "may_revoke": can_end(actor_of(request), centre_of(request), one.service, one.scopes),
    }
