"""Giving a child a page: only from the centre's own list, the only addresses that ever become links."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.helpline import letters, words
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import tell
from havn.helpline.models import LinkForChildren, Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.rules.turns import WRITTEN


@transaction.atomic
def give_link(*, actor: User, conversation_id: int, link_id: int, key: bytes) -> None:
    """Put a link of this helpline's list into the talk."""
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    link = LinkForChildren.objects.filter(pk=link_id, service_id=turn.service_id).first()
    if link is None:
        raise Refused(_("This page is not on the helpline's list."))
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    if turn.channel in WRITTEN:
        letters.check_may_answer(turn.pk, actor.pk)
    tell(turn.pk, key, words.LINK, title=link.title, url=link.url)
