"""The screen that mail adds to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.mail.permissions import OUTBOX


def register_menu() -> None:
    """Add the outbox."""
    register(Entry(Group.RUNNING, 78, "mail:outbox", lambda: _("E-mail"), lambda request: may_see(request, OUTBOX)))
