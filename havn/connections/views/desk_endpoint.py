"""One endpoint: what it is told, its secret, a test, and what became of messages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.connections.actions import delivering, endpoints, telling
from havn.connections.forms import EndpointForm
from havn.connections.models import Delivery, Endpoint
from havn.connections.permissions import CONNECTS, check_can_connect
from havn.connections.queries import endpoint_at, log_of
from havn.connections.views.desk_connections import centre_of, done
from havn.connections.words import event_label, outcome_words, state_label
from havn.helpline.views.desk_answers import actor_of


@staff(*CONNECTS)
@require_http_methods(["GET", "POST"])
def endpoint(request: HttpRequest, endpoint: int) -> HttpResponse:
    """What it is and was told; a post changes it."""
    row = _row(request, endpoint)
    if request.method != "POST":
        return _page(request, row)
    form = EndpointForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=400, form=form)
    values = {**_who(request, row), **form.cleaned_data}
    return done(request, lambda: endpoints.change_endpoint(**values), to=_address(row))


@staff(*CONNECTS)
@require_POST
def change_secret(request: HttpRequest, endpoint: int) -> HttpResponse:
    """A new secret, on the page that answers and on no other."""
    row = _row(request, endpoint)
    return _page(request, row, secret=endpoints.change_secret(**_who(request, row)))


@staff(*CONNECTS)
@require_POST
def test_endpoint(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Send a test now and say what came back."""
    row = _row(request, endpoint)
    try:
        delivery = telling.send_test(**_who(request, row))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(_address(row))
    if delivering.deliver(delivery_id=delivery.pk):
        messages.success(request, _("The test arrived."))
    else:
        delivery.refresh_from_db()
        messages.error(request, outcome_words(delivery) or _("Switched off: nothing is sent."))
    return HttpResponseRedirect(_address(row))


@staff(*CONNECTS)
@require_POST
def switch_endpoint(request: HttpRequest, endpoint: int) -> HttpResponse:
    """On or off."""
    row = _row(request, endpoint)
    on = request.POST.get("on") == "1"
    return done(request, lambda: endpoints.switch(**_who(request, row), on=on), to=_address(row))


@staff(*CONNECTS)
@require_POST
def remove_endpoint(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Gone, with its secrets and its log."""
    row = _row(request, endpoint)
    return done(request, lambda: endpoints.remove_endpoint(**_who(request, row)), _("The endpoint is gone."))


def _row(request: HttpRequest, number: int) -> Endpoint:
    row = endpoint_at(centre_of(request), number)
    if row is None:
        raise Http404
    check_can_connect(actor_of(request), row.centre, row.service)
    return row


def _who(request: HttpRequest, row: Endpoint) -> dict[str, Any]:
    return {"actor": actor_of(request), "centre": row.centre, "endpoint_id": row.pk}


def _address(row: Endpoint) -> str:
    return reverse("connections:endpoint", args=[row.pk])


def _page(request: HttpRequest, row: Endpoint, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "row": row,
        "form": EndpointForm(initial={"name": row.name, "url": row.url, "events": row.events}),
        "both_until": row.secrets.filter(until__gt=now()).values_list("until", flat=True).first(),
        "log": [_line(one) for one in log_of(row)],
        "secret": "",
        **more,
    }
    return render(request, "connections/desk_endpoint.html", context, status=status)


def _line(one: Delivery) -> dict[str, Any]:
    return {
        "row": one,
        "event": event_label(one.event),
        "state": state_label(one),
        "outcome": outcome_words(one),
    }
