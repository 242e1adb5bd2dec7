"""The keys of all services that concern this person, and their own key."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.accounts.api import roles_that_may, services_for
from havn.vault import queries
from havn.vault.permissions import leads
from havn.vault.views import person


@staff()
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """A list of services with what each needs from this person now."""
    user = person(request)
    reading = {service.pk for service in services_for(user, request.centre, *roles_that_may("keys.hold"))}  # type: ignore[attr-defined]
    rows = [
        {
            "service": service,
            "team": queries.team_of(service),
            "reads": service.pk in reading,
            "holds": queries.holds(user.pk, service.pk),
            "leads": leads(user, service),
        }
        for service in services_for(user, request.centre)  # type: ignore[attr-defined]
    ]
    return render(request, "vault/manage_keys.html", {"rows": rows, "key_check": queries.key_check(user.pk)})
