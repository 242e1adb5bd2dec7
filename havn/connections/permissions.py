"""Who connects other systems: coordinators and administrators, each for the services of their own organisation."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from havn.accounts.api import has_role, roles_in_centre, roles_that_may, services_for
from havn.accounts.models import User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.connections.rules.keys import Scope
from havn.tenancy.models import Centre, Service

CONNECTS = ("coordinator", "administrator")


def check_can_connect(actor: User, centre: Centre, service: Service | None) -> None:
    """One service's by whoever coordinates or administers it; the whole centre's by who does so for every service."""
    if service is not None:
        if service.organisation.centre_id != centre.pk or not has_role(actor, service, *CONNECTS):
            raise NotAllowed(_("Only coordinators and administrators of this service can connect other systems to it."))
        return
    mine = {one.pk for one in services_for(actor, centre, *CONNECTS)}
    every = set(Service.objects.filter(organisation__centre=centre).values_list("pk", flat=True))
    if not every or not every <= mine:
        raise NotAllowed(_("Only whoever coordinates or administers every service can connect the whole centre."))


def check_can_give_rounds(actor: User, centre: Centre) -> None:
    """A key answers for the centre: nobody makes one who may not answer."""
    allowed = roles_that_may("rounds.answer")
    if not roles_in_centre(actor, centre) & set(allowed):
        raise NotAllowed(not_allowed_sentence(allowed))


def for_rounds_alone(scopes: Collection[str]) -> bool:
    """Whether a key opens nothing but what the centre is asked in rounds."""
    return set(scopes) == {Scope.ROUNDS}


def check_can_end(actor: User, centre: Centre, service: Service | None, scopes: Collection[str]) -> None:
    """Who makes a key ends it. One for rounds alone is of whoever may answer them, and connects something."""
    if for_rounds_alone(scopes):
        check_can_set(actor, centre)
        check_can_give_rounds(actor, centre)
    else:
        check_can_connect(actor, centre, service)


def can_end(actor: User, centre: Centre, service: Service | None, scopes: Collection[str]) -> bool:
    """The same question for buttons."""
    try:
        check_can_end(actor, centre, service, scopes)
    except NotAllowed:
        return False
    return True


def can_connect(actor: User, centre: Centre, service: Service | None) -> bool:
    """The same question for buttons."""
    try:
        check_can_connect(actor, centre, service)
    except NotAllowed:
        return False
    return True


def check_can_set(actor: User, centre: Centre) -> None:
    """Clocks and limits of the centre's connections."""
    if not services_for(actor, centre, *CONNECTS):
        raise NotAllowed(_("Only coordinators and administrators can change how other systems are connected."))
