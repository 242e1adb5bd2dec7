"""Who sees how it goes with the centre's e-mail."""

from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role

OUTBOX = "mail.outbox"
READERS = (Role.COORDINATOR, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)


def register() -> None:
    """Add the row. Called from AppConfig.ready()."""
    register_permission(OUTBOX, gettext_lazy("See how many e-mails wait or could not be sent"), *READERS)
