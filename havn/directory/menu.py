"""The screen that the directory adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.common.navigation import Entry, Group, register
from havn.directory.permissions import KEEPERS


def register_menu() -> None:
    """The entries, for those who keep them right."""
    register(Entry(Group.PUBLISHING, 62, "directory:desk", lambda: _("Directory"), _is_keeper))


def _is_keeper(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(KEEPERS))
