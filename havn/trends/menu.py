"""The screens that trends add to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.trends.permissions import READ, is_in_group


def register_menu() -> None:
    """Add trends and early warning, each for those who may."""
    register(Entry(Group.FIGURES, 64, "trends:desk", lambda: _("Trends"), lambda request: may_see(request, READ)))
    register(Entry(Group.FIGURES, 65, "trends:warning", lambda: _("Early warning"), _is_in_group))


def _is_in_group(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    return is_in_group(request.user, request.centre)  # type: ignore[arg-type,attr-defined]
