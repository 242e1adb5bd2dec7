"""The screen that events adds to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.events.permissions import MANAGE


def register_menu() -> None:
    """Add the events."""
    register(Entry(Group.PUBLISHING, 50, "events:desk", lambda: _("Events"), lambda request: may_see(request, MANAGE)))
