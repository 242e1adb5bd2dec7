"""Who may prepare figures for the public, and who may publish them."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

PREPARE, PUBLISH = "releases.prepare", "releases.publish"
PREPARERS = (Role.COORDINATOR, Role.DATA_OFFICER)
PUBLISHERS = (Role.COORDINATOR,)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(PREPARE, gettext_lazy("Prepare figures for the public, and see what is left out"), *PREPARERS)
    register_permission(PUBLISH, gettext_lazy("Publish figures as open data"), *PUBLISHERS)


def can_publish(user: User | int, centre: Centre) -> bool:
    """Whether the person may publish figures of this centre."""
    return _can(user, centre, PUBLISH)


def check_can_publish(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_publish`."""
    _check(user, centre, PUBLISH)


def check_can_prepare(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless the person may prepare figures of this centre."""
    _check(user, centre, PREPARE)


def _can(user: User | int, centre: Centre, code: str) -> bool:
    return bool(roles_in_centre(user, centre) & set(roles_that_may(code)))


def _check(user: User | int, centre: Centre, code: str) -> None:
    if not _can(user, centre, code):
        raise NotAllowed(not_allowed_sentence(roles_that_may(code)))
