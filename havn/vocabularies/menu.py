"""The screen that vocabularies adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.common.navigation import Entry, Group, register
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.registry import editable_lists


def register_menu() -> None:
    """Add the lists, for those who may change them."""
    register(Entry(Group.SETTING_UP, 58, "vocabularies:lists", lambda: _("Lists"), _may_see))


def _may_see(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked or not editable_lists():
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(MAY_EDIT))
