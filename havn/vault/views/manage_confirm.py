"""Typing part of the recovery key back, which shows that it is on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.vault import actions, queries
from havn.vault.forms import ConfirmForm
from havn.vault.memory import keyring_of
from havn.vault.permissions import check_can_rotate, check_can_set_up
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.manage"))
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, service_id: int) -> HttpResponse:
    """A form without the key: it is not shown again."""
    service, user = service_of(request, service_id), person(request)
    team = queries.team_of(service)
    (check_can_rotate if team.is_set_up else check_can_set_up)(user, service)
    if team.pending is None:
        return redirect("vault:team", service.pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_recovery_key(
                service=service, by=user, typed=form.cleaned_data["typed"], keyring=keyring_of(request)
            )
        except actions.WrongPart as wrong:
            form.add_error("typed", wrong.sentence)
        else:
            messages.success(request, _("The recovery key is confirmed. Keep the paper where only few can reach it."))
            return redirect("vault:team", service.pk)
    return render(request, "vault/manage_confirm.html", {"service": service, "team": team, "form": form})
