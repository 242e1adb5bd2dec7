"""Who may keep the log, who may publish its reports, and who may read both."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

WRITE, READ, PUBLISH = "activities.write", "activities.read", "activities.publish"
WRITERS = (Role.COORDINATOR, Role.EDITOR, Role.PUBLISHER)
READERS = (*WRITERS, Role.ADMINISTRATOR)
PUBLISHERS = (Role.COORDINATOR, Role.PUBLISHER)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(READ, gettext_lazy("Read the activity log and its reports"), *READERS)
    register_permission(WRITE, gettext_lazy("Record activities, and write reports of a period"), *WRITERS)
    register_permission(PUBLISH, gettext_lazy("Publish and withdraw reports of a period"), *PUBLISHERS)


def can_write(user: User | int, centre: Centre) -> bool:
    """Whether the person may record activities and write reports of this centre."""
    return _can(user, centre, WRITE)


def check_can_write(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_write`."""
    _check(user, centre, WRITE)


def can_publish(user: User | int, centre: Centre) -> bool:
    """Whether the person may publish and withdraw reports of this centre."""
    return _can(user, centre, PUBLISH)


def check_can_publish(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_publish`."""
    _check(user, centre, PUBLISH)


def check_can_read(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed, naming who may, unless the person may read the log of this centre."""
    _check(user, centre, READ)


def _can(user: User | int, centre: Centre, code: str) -> bool:
    return bool(roles_in_centre(user, centre) & set(roles_that_may(code)))


def _check(user: User | int, centre: Centre, code: str) -> None:
    if not _can(user, centre, code):
        raise NotAllowed(not_allowed_sentence(roles_that_may(code)))
