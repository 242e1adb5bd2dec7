"""The screens that centres adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.centres.permissions import DESIGNERS, EDITORS
from havn.common.navigation import Entry, Group, register


def register_menu() -> None:
    """Add the opening hours and the texts, for those who may change them."""
    register(Entry(Group.SETTING_UP, 60, "centres:hours", lambda: _("Opening hours"), _is_editor))
    register(Entry(Group.SETTING_UP, 64, "centres:languages", lambda: _("Languages"), _is_editor))
    register(Entry(Group.SETTING_UP, 63, "centres:names", lambda: _("Names"), _is_editor))
    register(Entry(Group.SETTING_UP, 65, "centres:texts", lambda: _("Safety texts"), _is_editor))
    register(Entry(Group.SETTING_UP, 67, "centres:signs", lambda: _("Sign language"), _is_editor))
    register(Entry(Group.SETTING_UP, 66, "centres:theme", lambda: _("Colours and logo"), _is_designer))


def _is_designer(request: HttpRequest) -> bool:
    return _holds(request, DESIGNERS)


def _is_editor(request: HttpRequest) -> bool:
    return _holds(request, EDITORS)


def _holds(request: HttpRequest, roles: tuple[str, ...]) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(roles))
