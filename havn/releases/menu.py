"""The screen that releases add to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.releases.permissions import PREPARE


def register_menu() -> None:
    """Add the datasets."""
    register(
        Entry(Group.FIGURES, 66, "releases:desk", lambda: _("Open data"), lambda request: may_see(request, PREPARE))
    )
