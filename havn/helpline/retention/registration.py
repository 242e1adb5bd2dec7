"""What retention hangs into the engines and the menu, called by the helpline's registration."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.registry import register_keeping
from havn.common.navigation import Entry, Group, register
from havn.helpline.menu import at_a_helpline
from havn.helpline.retention import departed, keeping
from havn.helpline.retention.api import keeping_of
from havn.helpline.rules.roles import SUPERVISES


def register_retention() -> None:
    """The promise on the privacy page, the screen in the menu, the permission, the journal of roles that went."""
    departed.register()
    keeping.register()
    register_keeping(keeping_of)
    register(Entry(Group.RUNNING, 40, "helpline:when", lambda: _("What goes when"), _may_see))
    register_permission(
        "helpline.hold",
        gettext_lazy("See what goes when, confirm that a talk is kept longer, and let it go"),
        *(Role(role) for role in SUPERVISES),
    )


def _may_see(request: HttpRequest) -> bool:
    return at_a_helpline(request, SUPERVISES)
