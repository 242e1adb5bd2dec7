"""Who may build forms: data officers and coordinators of the centre that a form belongs to."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

WRITE = "forms.write"
WRITERS = (Role.DATA_OFFICER, Role.COORDINATOR)


def register() -> None:
    """Add the row. Called from AppConfig.ready()."""
    register_permission(WRITE, gettext_lazy("Build, translate and freeze forms"), *WRITERS)


def can_write(user: User | int, centre: Centre) -> bool:
    """Whether the person may build forms of this centre."""
    return bool(roles_in_centre(user, centre) & set(roles_that_may(WRITE)))


def check_can_write(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_write`."""
    if not can_write(user, centre):
        raise NotAllowed(not_allowed_sentence(roles_that_may(WRITE)))
