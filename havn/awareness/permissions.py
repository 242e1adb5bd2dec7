"""Who may take over other centres' resources, offer pages to the network's portal, and answer offers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

ADAPT, OFFER, ANSWER = "awareness.adapt", "awareness.offer", "awareness.answer"
WRITERS = (Role.EDITOR, Role.PUBLISHER)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(ADAPT, gettext_lazy("Adapt resources of other centres into one's own pages"), *WRITERS)
    register_permission(OFFER, gettext_lazy("Offer a published page to the network's portal"), Role.PUBLISHER)
    register_permission(
        ANSWER, gettext_lazy("At the network: take over what centres offer, or decline it"), Role.PUBLISHER
    )


def may_here(user: User | int, centre: Centre, code: str) -> bool:
    """Whether the person may do this in the trees of this centre."""
    return bool(roles_in_centre(user, centre) & set(roles_that_may(code)))


def check_may_here(user: User | int, centre: Centre, code: str) -> None:
    """Raise NotAllowed, naming who may, unless `may_here`."""
    if not may_here(user, centre, code):
        raise NotAllowed(not_allowed_sentence(roles_that_may(code)))


def can_answer(user: User | int, centre: Centre) -> bool:
    """Whether the person answers offers: a publisher of the network."""
    return centre.kind == Centre.Kind.NETWORK and may_here(user, centre, ANSWER)


def check_can_answer(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed unless `can_answer`."""
    if centre.kind != Centre.Kind.NETWORK:
        raise NotAllowed(_("Only the network takes over what centres offer."))
    check_may_here(user, centre, ANSWER)
