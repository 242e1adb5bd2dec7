"""First set-up of a service's key: what it means, then the recovery key, shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.vault import actions, queries
from havn.vault.forms import ConfirmForm
from havn.vault.permissions import check_can_set_up
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.manage"))
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, service_id: int) -> HttpResponse:
    """GET explains; POST makes the key and shows the paper. Pressed again before confirming, it starts over."""
    service, user = service_of(request, service_id), person(request)
    if request.method != "POST" and queries.is_set_up(service.pk):
        return redirect("vault:team", service.pk)
    check_can_set_up(user, service)
    if request.method == "POST":
        paper = actions.set_up_team(service=service, by=user)
        return render(request, "vault/paper.html", {"service": service, "paper": paper, "form": ConfirmForm()})
    return render(request, "vault/manage_set_up.html", {"service": service, "team": queries.team_of(service)})
