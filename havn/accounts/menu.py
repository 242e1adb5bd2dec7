"""The screens that accounts adds to the staff menu, and the parts it puts on every staff page."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.permissions import roles_that_may
from havn.accounts.queries import roles_in_centre
from havn.common.navigation import Entry, Group, register, register_part


def register_menu() -> None:
    """Members and the trail in the menu; account, lock and sign-out beside it; the idle lock at the end."""
    register(
        Entry(
            Group.RUNNING,
            80,
            "accounts:members",
            lambda: _("Members"),
            lambda request: may_see(request, "members.read"),
        )
    )
    register(
        Entry(Group.RUNNING, 90, "accounts:trail", lambda: _("Trail"), lambda request: may_see(request, "audit.read"))
    )
    register_part("top", "accounts/me.html")
    register_part("end", "accounts/idle_lock.html")


def may_see(request: HttpRequest, code: str) -> bool:
    """Whether somebody is signed in here, unlocked, with a role that may do this in this centre."""
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
        request.roles = held  # type: ignore[attr-defined]
    return bool(set(held) & set(roles_that_may(code)))
