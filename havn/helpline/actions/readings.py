"""Giving a child something that the centre has published: as text in the talk, to be read without leaving it."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.centres.readables import Readable
from havn.common.errors import Refused
from havn.helpline import letters, words
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import tell
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.rules.readings import LONGEST_TITLE, text_to_send
from havn.helpline.rules.turns import WRITTEN


@transaction.atomic
def give_reading(*, actor: User, conversation_id: int, readable: Readable, with_link: bool, key: bytes) -> None:
    """Put its title and text into the talk, sealed like any message; with the page's own address only when wished.

    Raises Refused when the talk has ended, or has no page on which anything could be read.
    """
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    if turn.channel == Turn.Channel.PHONE:
        raise Refused(_("A call has no page on which a text could be read."))
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    if turn.channel in WRITTEN:
        letters.check_may_answer(turn.pk, actor.pk)
    tell(
        turn.pk,
        key,
        words.READING,
        title=" ".join(readable.title.split())[:LONGEST_TITLE],
        text=text_to_send(readable.lead, readable.text),
        lang=readable.language,
        path=readable.path if with_link else "",
    )


def as_plain_text(readable: Readable, address: str) -> str:
    """The same for an answer that is written: title, text and, when there is one, the address of the page."""
    parts = (readable.title, text_to_send(readable.lead, readable.text), address)
    return "\n\n".join(part for part in parts if part)
