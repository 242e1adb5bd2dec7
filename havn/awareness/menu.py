"""The screens that awareness adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.awareness.groups import WRITERS
from havn.common.navigation import Entry, register


def register_menu() -> None:
    """Add the editor, for those who write."""
    register(Entry(30, "wagtailadmin_home", lambda: _("Write and publish"), _writes))


def _writes(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(WRITERS))
