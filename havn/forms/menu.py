"""The screen that forms add to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.forms.permissions import WRITE


def register_menu() -> None:
    """Add the forms."""
    register(Entry(Group.FIGURES, 44, "forms:desk", lambda: _("Forms"), lambda request: may_see(request, WRITE)))
