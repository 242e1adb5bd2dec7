"""Who may edit a centre's lists."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre
from havn.accounts.models import Role, User
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

MAY_EDIT = (Role.COORDINATOR,)


def register() -> None:
    """Tell the page of rights."""
    register_permission(
        "vocabularies.edit",
        gettext_lazy("Make new versions of the lists that contacts are coded with, and say where their terms count"),
        *MAY_EDIT,
    )


def check_can_edit(actor: User, centre: Centre) -> None:
    """Raises NotAllowed for everybody but the coordinators of the centre."""
    if not set(roles_in_centre(actor.pk, centre)) & set(MAY_EDIT):
        raise NotAllowed(_("Only a coordinator may change the lists."))
