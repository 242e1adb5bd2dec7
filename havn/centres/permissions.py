"""Who may decide what the public reads: the rows that centres adds to the table of roles."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import check_may, register_permission
from havn.accounts.models import Role, User
from havn.tenancy.models import Service

HOURS = "centres.hours"
TEXTS = "centres.texts"
THEME = "centres.theme"
SIGNS = "centres.signs"
NAMES = "centres.names"

EDITORS = (Role.COORDINATOR, Role.ADMINISTRATOR)
DESIGNERS = (Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(HOURS, gettext_lazy("Change opening hours"), *EDITORS)
    register_permission(TEXTS, gettext_lazy("Approve texts on safety and confidentiality"), *EDITORS)
    register_permission(SIGNS, gettext_lazy("Link pages to films in sign language"), *EDITORS)
    register_permission(
        NAMES, gettext_lazy("Say what the centre and its services are called in each language"), *EDITORS
    )
    register_permission(THEME, gettext_lazy("Change the centre's colours and logo"), *DESIGNERS)


def check_can_edit_hours(user: User, service: Service) -> None:
    """Raise NotAllowed unless the person may change this service's hours."""
    check_may(user, service.organisation_id, HOURS)
