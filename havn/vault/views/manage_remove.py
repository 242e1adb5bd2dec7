"""Taking a member out of a service's key."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.accounts.models import User
from havn.vault import actions, queries
from havn.vault.forms import RemoveForm
from havn.vault.memory import keyring_of
from havn.vault.permissions import check_can_remove
from havn.vault.views import person, service_of


@staff(*roles_that_may("keys.manage"))
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, service_id: int, user_id: int) -> HttpResponse:
    """GET says what follows; POST destroys the member's keys, makes a new one and brings older talks to it."""
    service, user = service_of(request, service_id), person(request)
    check_can_remove(user, service)
    member = get_object_or_404(User.objects.filter(team_key_wraps__team_key__service=service).distinct(), pk=user_id)
    team = queries.team_of(service)
    is_last = [one.user.pk for one in team.inside] == [member.pk]
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keyring = keyring_of(request)
        actions.remove_member(service=service, member=member, by=user, even_last=form.cleaned_data["even_last"])
        if member.pk != user.pk:
            actions.reseal_conversations(service=service, by=user, keyring=keyring)
        messages.success(request, _("%(name)s can't read talks any more.") % {"name": member.name})
        return redirect("vault:team", service.pk)
    context = {"service": service, "member": member, "is_last": is_last, "is_me": member.pk == user.pk}
    return render(request, "vault/manage_remove.html", context)
