"""The screen that the vault adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre, roles_that_may
from havn.common.navigation import Entry, Group, register


def register_menu() -> None:
    """Add the keys, for those who may hold one."""
    register(Entry(Group.RUNNING, 70, "vault:keys", lambda: _("Keys"), _may_hold_one))


def _may_hold_one(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(roles_that_may("keys.hold")))
