"""Who runs a centre's surveys: its data officers and coordinators."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

RUN = "surveys.run"
RUNNERS = (Role.DATA_OFFICER, Role.COORDINATOR)


def register() -> None:
    """Add the row. Called from AppConfig.ready()."""
    register_permission(RUN, gettext_lazy("Ask children in surveys, see and publish what they answered"), *RUNNERS)


def can_run(user: User | int, centre: Centre) -> bool:
    """Whether somebody may run the surveys of this centre."""
    return bool(roles_in_centre(user, centre) & set(roles_that_may(RUN)))


def check_can_run(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_run`."""
    if not can_run(user, centre):
        raise NotAllowed(not_allowed_sentence(roles_that_may(RUN)))
