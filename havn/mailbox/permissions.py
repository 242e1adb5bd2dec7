"""Who may do what about e-mail. `check_can_x` raises with a sentence."""

from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_manage as check_can_connect
from havn.helpline.permissions import check_can_work_on

__all__ = ["check_can_connect", "check_can_see_address"]


def check_can_see_address(actor: User, letter: Turn) -> None:
    """See from where a letter came, or put it away as not meant for us: only who has it."""
    if letter.channel != Turn.Channel.MAIL:
        raise NotAllowed(_("This is not an e-mail."))
    check_can_work_on(actor, letter)
