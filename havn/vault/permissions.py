"""Who may do what with a service's key. Each `check_` raises a sentence; each `can_` is the same truth for a button."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import has_role, may, register_permission
from havn.accounts.models import Role, User
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Service
from havn.vault import queries

# An administrator who is nothing else holds no key.
register_permission(
    "keys.hold",
    gettext_lazy("Hold the key that opens a service's talks, once another member has let them in"),
    Role.COUNSELLOR,
    Role.SUPERVISOR,
    Role.COORDINATOR,
)
register_permission(
    "keys.manage",
    gettext_lazy("Set up a service's key, take members out of it, change it and renew its recovery key"),
    Role.SUPERVISOR,
    Role.COORDINATOR,
)


def may_hold_key(user: User, service: Service) -> bool:
    """Whether this person's role lets them hold the service's key, whether or not they hold it."""
    return may(user, service.organisation_id, "keys.hold")


def check_can_set_up(actor: User, service: Service) -> None:
    """A supervisor or coordinator, once; an unconfirmed set-up may be begun again."""
    _check_leads(actor, service)
    if queries.is_set_up(service.id):
        raise Refused(_("This service has its key already."))


def check_can_let_in(actor: User, service: Service, member: User) -> None:
    """Anyone who holds the key, for another whose role may hold it and who has a key pair of their own."""
    if not (may_hold_key(actor, service) and queries.holds(actor.pk, service.id)):
        raise NotAllowed(_("Only someone who holds this service's key can let others in."))
    if not may_hold_key(member, service):
        raise Refused(_("This person has no role in the service that reads talks."))
    if not queries.has_staff_key(member.pk):
        raise Refused(_("This person has not accepted the invitation yet, so there is nothing to let in."))


def check_can_remove(actor: User, service: Service) -> None:
    """A supervisor or coordinator. It takes no key: a leaver can be removed by whoever is there."""
    _check_leads(actor, service)


def check_can_rotate(actor: User, service: Service) -> None:
    """A supervisor or coordinator of a service that is set up."""
    _check_leads(actor, service)
    check_is_set_up(service)


def check_can_renew_recovery(actor: User, service: Service) -> None:
    """A supervisor or coordinator who holds the key."""
    check_can_rotate(actor, service)
    if not queries.holds(actor.pk, service.id):
        raise NotAllowed(_("Only someone who holds this service's key can make a new recovery key."))


def check_can_recover(actor: User, service: Service) -> None:
    """Whose role may hold the key. The paper itself is the proof."""
    if not may_hold_key(actor, service):
        raise NotAllowed(_("Your role in this service does not read talks, so you cannot open its key."))
    check_is_set_up(service)


def check_can_see_team(actor: User, service: Service) -> None:
    """Anyone with a role in the service's organisation: who can read the talks is no secret among colleagues."""
    if not has_role(actor, service):
        raise NotAllowed(_("You have no role in this service."))


def check_is_set_up(service: Service) -> None:
    """Raise Refused when the service has no confirmed key yet."""
    if not queries.is_set_up(service.id):
        raise Refused(_("This service's key has not been set up yet."))


def leads(actor: User, service: Service) -> bool:
    """Whether this person is a supervisor or coordinator of the service."""
    return may(actor, service.organisation_id, "keys.manage")


def _check_leads(actor: User, service: Service) -> None:
    if not leads(actor, service):
        raise NotAllowed(_("Only a supervisor or coordinator of this service can do this."))
