"""Joining a helpline to its telephone system: secrets, extensions, clocks, and whether anything comes in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.forms_desk import whole_number
from havn.helpline.permissions import check_can_manage
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.phone.actions import connecting
from havn.phone.actions.testing import send_test
from havn.phone.forms import ClocksForm, ExtensionForm
from havn.phone.queries.connection import joined_of, people_of
from havn.phone.words import event_name
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show everything; a post changes the two clocks."""
    service = _service(request)
    if request.method != "POST":
        return _page(request, service)
    form = ClocksForm(request.POST)
    if not form.is_valid():
        return _page(request, service, status=400, clocks=form)
    return _done(
        request,
        service,
        lambda: connecting.change_clocks(actor=actor_of(request), service=service, **form.cleaned_data),
    )


@staff(*MANAGES)
@require_POST
def make_secret(request: HttpRequest) -> HttpResponse:
    """A new secret, on the page that answers and on no other."""
    service = _service(request)
    try:
        secret = connecting.make_secret(actor=actor_of(request), service=service)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _back(service)
    return _page(request, service, secret=secret)


@staff(*MANAGES)
@require_POST
def remove_secret(request: HttpRequest, secret: int) -> HttpResponse:
    """From now on nothing signed with it is taken."""
    service = _service(request)
    return _done(
        request, service, lambda: connecting.remove_secret(actor=actor_of(request), service=service, secret_id=secret)
    )


@staff(*MANAGES)
@require_POST
def give_extension(request: HttpRequest) -> HttpResponse:
    """Whose line it is."""
    service = _service(request)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _page(request, service, status=400, extension=form)
    name, user = form.cleaned_data["name"], form.cleaned_data["user"]
    return _done(
        request,
        service,
        lambda: connecting.give_extension(actor=actor_of(request), service=service, name=name, user_id=user),
    )


@staff(*MANAGES)
@require_POST
def remove_extension(request: HttpRequest, extension: int) -> HttpResponse:
    """Nobody's line any more."""
    service = _service(request)
    return _done(
        request,
        service,
        lambda: connecting.remove_extension(actor=actor_of(request), service=service, extension_id=extension),
    )


@staff(*MANAGES)
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Sign a test event with a secret and take it as if it had come in."""
    service = _service(request)
    return _done(
        request,
        service,
        lambda: send_test(
            actor=actor_of(request), service=service, secret_id=whole_number(request.POST.get("secret"), 0),
            now_ms=now_ms(),
        ),
        _("The test event was signed, checked and taken."),
    )  # fmt: skip


def _service(request: HttpRequest) -> Service:
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    return service


def _done(request: HttpRequest, service: Service, do: Callable[[], object], told: str = "") -> HttpResponse:
    try:
        do()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told or _("Saved."))
    return _back(service)


def _back(service: Service) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('phone:settings')}?service={service.pk}")


def _page(request: HttpRequest, service: Service, *, status: int = 200, **more: Any) -> HttpResponse:
    joined, prefix = joined_of(service), get_script_prefix()
    clocks = {"ring_minutes": joined.connection.ring_minutes, "alone_minutes": joined.connection.alone_minutes}
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "joined": joined,
        "last_event": event_name(joined.last_event),
        "people": people_of(service),
        # For machines: in no language.
        "address": request.build_absolute_uri("/" + reverse("phone:hook", args=[service.pk]).removeprefix(prefix)),
        "clocks": ClocksForm(initial=clocks),
        "extension": ExtensionForm(),
        "secret": "",
        **more,
    }
    return render(request, "phone/desk_settings.html", context, status=status)
