"""Who may see what goes when, and who may hold a talk. The button and the guard ask the same function."""

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Hold, Turn
from havn.helpline.rules.roles import SUPERVISES
from havn.tenancy.models import Service


def check_can_see_when(actor: User, service: Service) -> None:
    """Counts by clock, and the holds: supervisors and coordinators of the service."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can see what goes when."))


def check_can_ask_hold(actor: User, turn: Turn) -> None:
    """The counsellor of the talk, and the service's supervisors and coordinators."""
    if turn.counsellor_id != actor.pk and not has_role(actor, turn.service, *SUPERVISES):
        raise NotAllowed(_("Only the counsellor of the talk, supervisors and coordinators can ask to keep it longer."))


def check_can_confirm_hold(actor: User, hold: Hold) -> None:
    """A second person: a supervisor or coordinator of the service who did not ask for it."""
    if not has_role(actor, hold.conversation.service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can confirm this."))
    if hold.asked_by_id == actor.pk:
        raise NotAllowed(_("You asked for this yourself. A second person has to confirm it."))


def check_can_release_hold(actor: User, hold: Hold) -> None:
    """Who asked for it, and the service's supervisors and coordinators: one person is enough to let it go."""
    if hold.asked_by_id != actor.pk and not has_role(actor, hold.conversation.service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can let this talk go."))


def can_confirm_hold(actor: User, hold: Hold) -> bool:
    """Whether the button is shown."""
    try:
        check_can_confirm_hold(actor, hold)
    except NotAllowed:
        return False
    return True
