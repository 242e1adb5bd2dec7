"""How a child wants its answers: whole, announced, or not by e-mail at all. Posted with the letter open by its code."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.common.errors import Refused
from havn.mailbox.actions.taking_back import take_back_mails
from havn.mailbox.models import MailThread


@transaction.atomic
def choose(*, conversation_id: int, wish: str) -> None:
    """Keep the wish; unless it is "whole", what waits to go out as an e-mail goes no more.

    Raises Refused for a letter that did not come by e-mail, or a wish there is none of.
    """
    if wish not in MailThread.Wish.values:
        raise Refused(_("Choose one of the answers."))
    if wish != MailThread.Wish.WHOLE:
        take_back_mails([conversation_id])
    if not MailThread.objects.filter(pk=conversation_id).update(wish=wish):
        raise Refused(_("This letter did not come by e-mail."))
