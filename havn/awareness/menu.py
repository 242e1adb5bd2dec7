"""The screens that awareness adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre
from havn.awareness.editor.groups import WRITERS
from havn.awareness.sharing.offers import waiting_offers
from havn.awareness.sharing.reviews import count_past
from havn.common.navigation import Entry, Group, register
from havn.tenancy.models import Centre


def register_menu() -> None:
    """Add the editor, the profile and the care for pages, for those who write."""
    register(Entry(Group.PUBLISHING, 30, "wagtailadmin_home", lambda: _("Write and publish"), _writes))
    register(Entry(Group.PUBLISHING, 32, "awareness:translations", lambda: _("Pages"), _writes, _to_do))
    register(Entry(Group.PUBLISHING, 31, "awareness:profile", lambda: _("The centre's profile"), _writes))


def _writes(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    if staff is None or staff.locked:
        return False
    held = getattr(request, "roles", None)
    if held is None:
        held = roles_in_centre(staff.user_id, request.centre)  # type: ignore[attr-defined]
    return bool(set(held) & set(WRITERS))


def _to_do(request: HttpRequest) -> int:
    """Pages past their day, and at the network what centres wait to hear about."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    waiting = waiting_offers().count() if centre.kind == Centre.Kind.NETWORK else 0
    return count_past(centre) + waiting
