"""The screens that the helpline adds to the staff menu."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import services_for
from havn.common.navigation import Entry, Group, register
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.tenancy.models import Service


def register_menu() -> None:
    """The desk for everybody who works there, wall and figures for those who answer for the shift, the settings."""
    register(Entry(Group.CONVERSATIONS, 10, "helpline:desk", lambda: _("Desk"), _may(WORKS)))
    register(Entry(Group.CONVERSATIONS, 20, "helpline:wall", lambda: _("Wall"), _may(SUPERVISES)))
    register(Entry(Group.FIGURES, 30, "helpline:figures", lambda: _("Figures"), _may(SUPERVISES)))
    register(Entry(Group.SETTING_UP, 50, "helpline:settings", lambda: _("Helpline"), _may(MANAGES)))


def at_a_helpline(request: HttpRequest, roles: Sequence[str]) -> bool:
    """Whether somebody is signed in here, unlocked, with one of the roles where a helpline is run.

    A centre may run none, as the network's own: whoever coordinates there has no desk.
    """
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    services = services_for(staff.user_id, request.centre, *roles)  # type: ignore[attr-defined]
    return any(service.kind == Service.Kind.HELPLINE for service in services)


def _may(roles: Sequence[str]) -> Callable[[HttpRequest], bool]:
    return lambda request: at_a_helpline(request, roles)
