"""The screen that the activity log adds to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.activities.permissions import READ
from havn.common.navigation import Entry, Group, register


def register_menu() -> None:
    """Add the log; its reports are one step from it."""
    register(
        Entry(Group.FIGURES, 63, "activities:desk", lambda: _("Activities"), lambda request: may_see(request, READ))
    )
