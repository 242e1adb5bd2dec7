"""Who reads trends, who writes and publishes the article, and who is of the early-warning group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre
from havn.accounts.models import Role, User
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre

READ, WRITE, PUBLISH = "trends.read", "trends.write", "trends.publish"
COMPARE, WARN = "trends.compare", "trends.warning"
READERS = (
    Role.COORDINATOR, Role.EDITOR, Role.PUBLISHER, Role.DATA_OFFICER, Role.EARLY_WARNING, Role.ADMINISTRATOR,
)  # fmt: skip
WRITERS = (Role.COORDINATOR, Role.EDITOR, Role.DATA_OFFICER)
PUBLISHERS = (Role.COORDINATOR, Role.PUBLISHER)
COMPARERS = (Role.COORDINATOR, Role.DATA_OFFICER)
GROUP = (Role.EARLY_WARNING, Role.COORDINATOR)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(READ, gettext_lazy("Read the network's trends"), *READERS)
    register_permission(WRITE, gettext_lazy("Write the network's quarterly article (at the network)"), *WRITERS)
    register_permission(PUBLISH, gettext_lazy("Publish the network's quarterly article (at the network)"), *PUBLISHERS)
    register_permission(COMPARE, gettext_lazy("Say whether other members see this centre's shares"), *COMPARERS)
    register_permission(WARN, gettext_lazy("Early warning of the network (coordinators: at the network alone)"), *GROUP)


def can_write(user: User, centre: Centre) -> bool:
    """Whether the person may write the article: only where the network itself works."""
    return centre.kind == Centre.Kind.NETWORK and bool(roles_in_centre(user, centre) & set(WRITERS))


def check_can_write(user: User, centre: Centre) -> None:
    """Raise NotAllowed unless `can_write`."""
    if not can_write(user, centre):
        raise NotAllowed(_("The network's own coordinators, editors and data officers write its article."))


def can_publish(user: User, centre: Centre) -> bool:
    """Whether the person may publish the article."""
    return centre.kind == Centre.Kind.NETWORK and bool(roles_in_centre(user, centre) & set(PUBLISHERS))


def check_can_publish(user: User, centre: Centre) -> None:
    """Raise NotAllowed unless `can_publish`."""
    if not can_publish(user, centre):
        raise NotAllowed(_("The network's own coordinators and publishers publish its article."))


def can_compare(user: User, centre: Centre) -> bool:
    """Whether the person may say that other members see the shares of this centre."""
    return centre.kind == Centre.Kind.NATIONAL and bool(roles_in_centre(user, centre) & set(COMPARERS))


def check_can_compare(user: User, centre: Centre) -> None:
    """Raise NotAllowed unless `can_compare`."""
    if not can_compare(user, centre):
        raise NotAllowed(_("A centre's own coordinators and data officers decide this."))


def is_in_group(user: User, centre: Centre) -> bool:
    """Whether the person is of the early-warning group: by that role in any centre, or as the network's coordinator."""
    held = roles_in_centre(user, centre)
    if Role.EARLY_WARNING in held:
        return True
    return centre.kind == Centre.Kind.NETWORK and Role.COORDINATOR in held


def check_in_group(user: User, centre: Centre) -> None:
    """Raise NotAllowed unless `is_in_group`."""
    if not is_in_group(user, centre):
        raise NotAllowed(_("Early warning is for the early-warning group and the network's own coordinators."))


def check_leads_group(user: User, centre: Centre) -> None:
    """Raise NotAllowed unless the person may call a meeting: those of the group who work at the network."""
    check_in_group(user, centre)
    if centre.kind != Centre.Kind.NETWORK:
        raise NotAllowed(_("Meetings of the group are called at the network."))
