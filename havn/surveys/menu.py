"""The screen that surveys add to the staff menu."""

from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.surveys.permissions import RUN


def register_menu() -> None:
    """Add the surveys."""
    register(Entry(Group.FIGURES, 45, "surveys:desk", lambda: _("Surveys"), lambda request: may_see(request, RUN)))
