"""A new recovery key, after the old paper was used, lost or seen by somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.vault import actions
from havn.vault.forms import ConfirmForm
from havn.vault.permissions import check_can_renew_recovery
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.manage"))
@require_http_methods(["GET", "HEAD", "POST"])
def new_paper(request: HttpRequest, service_id: int) -> HttpResponse:
    """GET explains; POST makes it and shows it once. The old one works until the new one is confirmed."""
    service, user = service_of(request, service_id), person(request)
    check_can_renew_recovery(user, service)
    if request.method == "POST":
        paper = actions.renew_recovery_key(service=service, by=user)
        return render(request, "vault/paper.html", {"service": service, "paper": paper, "form": ConfirmForm()})
    return render(request, "vault/manage_new_paper.html", {"service": service})
