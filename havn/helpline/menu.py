"""The screens that the helpline adds to the staff menu."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.common.navigation import Entry, Group, register
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS


def register_menu() -> None:
    """The desk for everybody who works there, wall and figures for those who answer for the shift, the settings."""
    register(Entry(Group.CONVERSATIONS, 10, "helpline:desk", lambda: _("Desk"), _may(WORKS)))
    register(Entry(Group.CONVERSATIONS, 20, "helpline:wall", lambda: _("Wall"), _may(SUPERVISES)))
    register(Entry(Group.FIGURES, 30, "helpline:figures", lambda: _("Figures"), _may(SUPERVISES)))
    register(Entry(Group.SETTING_UP, 50, "helpline:settings", lambda: _("Helpline"), _may(MANAGES)))


def _may(roles: Sequence[str]) -> Callable[[HttpRequest], bool]:
    def may(request: HttpRequest) -> bool:
        staff = getattr(request, "staff", None)
        if staff is None or staff.locked:
            return False
        held = getattr(request, "roles", None)
        if held is None:
            held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
        return bool(set(held) & set(roles))

    return may
