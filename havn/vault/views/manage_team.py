"""Who can read a service's talks, and letting in who waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may
from havn.accounts.models import User
from havn.common.errors import Refused
from havn.vault import actions, queries
from havn.vault.forms import LetInForm
from havn.vault.memory import keyring_of
from havn.vault.permissions import check_can_see_team, leads, may_hold_key
from havn.vault.views import person, service_of


@staff()
@require_safe
def team(request: HttpRequest, service_id: int) -> HttpResponse:
    """The service's key, who holds it and who waits."""
    service, user = service_of(request, service_id), person(request)
    check_can_see_team(user, service)
    context = {
        "service": service,
        "team": queries.team_of(service),
        "leads": leads(user, service),
        "reads": may_hold_key(user, service),
        "holds": queries.holds(user.pk, service.pk),
        "me": user,
    }
    return render(request, "vault/manage_team.html", context)


@staff(*roles_that_may("keys.hold"))
@require_POST
def let_in(request: HttpRequest, service_id: int) -> HttpResponse:
    """Let one member in."""
    service = service_of(request, service_id)
    form = LetInForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please choose whom to let in."))
    member = get_object_or_404(
        User, pk=form.cleaned_data["member"], memberships__organisation__services=service.pk, is_active=True
    )
    actions.let_in(
        service=service,
        member=member,
        by=person(request),
        keyring=keyring_of(request),
        key_check=form.cleaned_data["key_check"],
    )
    messages.success(request, _("%(name)s is let in and can read talks now.") % {"name": member.name})
    return redirect("vault:team", service.pk)
