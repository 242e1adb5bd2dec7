"""Who keeps the entries right: the row that the directory adds to the table of roles.

A coordinator or an administrator keeps the entries of their own organisation; those of the network's centre, all.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import may, register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre, Service

KEEP = "directory.keep"
KEEPERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def register() -> None:
    """Add the row. Called from AppConfig.ready()."""
    register_permission(KEEP, gettext_lazy("Confirm and change entries of the directory"), *KEEPERS)


def can_keep_all(user: User, centre: Centre) -> bool:
    """Whether the person keeps every entry, at the centre whose site this is: the network's."""
    return centre.kind == Centre.Kind.NETWORK and bool(roles_in_centre(user, centre) & set(roles_that_may(KEEP)))


def is_own(user: User, service: Service) -> bool:
    """Whether the person keeps entries in the very organisation that runs the service."""
    return may(user, service.organisation_id, KEEP)


def check_can_keep(user: User, centre: Centre, service: Service) -> None:
    """Raise NotAllowed unless the person may confirm and change this entry, at the centre whose site this is."""
    if can_keep_all(user, centre):
        return
    if service.organisation.centre_id != centre.pk:
        raise NotAllowed(_("This entry belongs to another centre."))
    if not is_own(user, service):
        raise NotAllowed(not_allowed_sentence(roles_that_may(KEEP)))


def check_can_change(user: User, centre: Centre, service: Service) -> None:
    """As `check_can_keep`; and where a centre runs here, nobody but its own people changes or confirms its entries."""
    check_can_keep(user, centre, service)
    if service.organisation.centre.is_hosted and not is_own(user, service):
        raise NotAllowed(_("This centre runs here and keeps its own entries. Note a doubt instead."))


def can_change(user: User, centre: Centre, service: Service) -> bool:
    """Whether `check_can_change` lets the person through: the button asks what the guard asks."""
    try:
        check_can_change(user, centre, service)
    except NotAllowed:
        return False
    return True


def check_can_settle(user: User, centre: Centre, of_centre: Centre) -> None:
    """Raise NotAllowed unless the person may settle doubts about a country as a whole."""
    if can_keep_all(user, centre):
        return
    if of_centre.pk != centre.pk or not roles_in_centre(user, centre) & set(roles_that_may(KEEP)):
        raise NotAllowed(not_allowed_sentence(roles_that_may(KEEP)))
