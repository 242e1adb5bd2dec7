"""The screen that connections add to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register

MANAGE = "connections.manage"


def register_menu() -> None:
    """Add the screen."""
    register(
        Entry(
            Group.RUNNING,
            90,
            "connections:connections",
            lambda: _("Connections"),
            lambda request: may_see(request, MANAGE),
        )
    )
