"""The screen "Health" for administrators and coordinators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.accounts.api import roles_in_centre
from havn.accounts.models import Role
from havn.common.navigation import Entry, Group, register
from havn.config.keeping.health import Level, findings

MAY_SEE = (Role.ADMINISTRATOR, Role.COORDINATOR)


@staff(*MAY_SEE)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What happens by itself, and whether it did. It names no person and no talk."""
    found = list(findings())
    centre = request.centre  # type: ignore[attr-defined]
    worst = max((finding.level for finding in found), key=list(Level).index)
    return render(request, "config/health.html", {"findings": found, "zone": centre.time_zone, "worst": worst})


def register_menu() -> None:
    """Put it into the staff menu."""
    register(Entry(Group.RUNNING, 95, "health", lambda: _("Health"), _may_see))


def _may_see(request: HttpRequest) -> bool:
    signed_in = getattr(request, "staff", None)
    if signed_in is None or signed_in.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(signed_in.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(MAY_SEE))
