"""Opening a service with the recovery key, when nobody is left who could let one in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.vault import actions, queries
from havn.vault.forms import RecoverForm
from havn.vault.permissions import check_can_recover
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.hold"))
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest, service_id: int) -> HttpResponse:
    """Type the whole key from paper. A wrong one is told as such, whatever is wrong with it."""
    service, user = service_of(request, service_id), person(request)
    check_can_recover(user, service)
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_with_recovery_key(service=service, by=user, typed=form.cleaned_data["typed"])
        except actions.WrongPaper as wrong:
            form = RecoverForm()  # what was typed does not go back over the line
            form.errors["typed"] = form.error_class([wrong.sentence])
        else:
            messages.success(request, _("You are let in. Now make a new recovery key: this one has been typed."))
            return redirect("vault:team", service.pk)
    context = {"service": service, "form": form, "team": queries.team_of(service)}
    return render(request, "vault/manage_recover.html", context)
