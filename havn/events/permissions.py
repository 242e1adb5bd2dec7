"""Who may hold events: editor, publisher and coordinator of the centre."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

MANAGE = "events.manage"
ORGANISERS = (Role.COORDINATOR, Role.EDITOR, Role.PUBLISHER)


def register() -> None:
    """Add the row. Called from AppConfig.ready()."""
    register_permission(
        MANAGE, gettext_lazy("Hold events: write, publish and cancel them, and see who is registered"), *ORGANISERS
    )


def can_manage(user: User | int, centre: Centre) -> bool:
    """Whether the person may hold events of this centre."""
    return bool(roles_in_centre(user, centre) & set(roles_that_may(MANAGE)))


def check_can_manage(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_manage`."""
    if not can_manage(user, centre):
        raise NotAllowed(not_allowed_sentence(roles_that_may(MANAGE)))
