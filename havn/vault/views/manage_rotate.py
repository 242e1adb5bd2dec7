"""Changing a service's key."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.vault import actions, queries
from havn.vault.memory import keyring_of
from havn.vault.permissions import check_can_rotate
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.manage"))
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HttpRequest, service_id: int) -> HttpResponse:
    """GET says what it does; POST does it, and brings older talks to the new key as far as this person holds them."""
    service, user = service_of(request, service_id), person(request)
    check_can_rotate(user, service)
    if request.method == "POST":
        actions.rotate_team_key(service=service, by=user)
        actions.reseal_conversations(service=service, by=user, keyring=keyring_of(request))
        messages.success(request, _("The key is changed. Everybody who could read talks still can."))
        return redirect("vault:team", service.pk)
    return render(request, "vault/manage_rotate.html", {"service": service, "team": queries.team_of(service)})
