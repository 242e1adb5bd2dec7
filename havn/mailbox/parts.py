"""What a letter's page, the child's page and "What goes when" show of e-mail."""

from typing import Any

from havn.helpline.models import Turn
from havn.helpline.parts import Screen
from havn.helpline.permissions import can_work_on
from havn.live.api import Visitor
from havn.mailbox.models import MailThread, SeenMail
from havn.mailbox.queries.connection import box_of
from havn.mailbox.queries.threads import thread_of
from havn.tenancy.models import Service


def above_the_letter(screen: Screen) -> dict[str, Any] | None:
    """That it came by e-mail, how the answer goes, what was left out; its address only when asked for."""
    if screen.letter is None or screen.letter.channel != Turn.Channel.MAIL:
        return None
    thread = thread_of(screen.letter.pk)
    if thread is None:
        return None
    return {
        "letter": screen.letter,
        "thread": thread,
        "may_answer": bool(thread.has_address and box_of(screen.letter.service_id).address),
        "mine": can_work_on(screen.user, screen.letter),
    }


def below_the_letter(visitor: Visitor, _answered: bool) -> dict[str, Any] | None:
    """The child's choice of how answers go by e-mail; nothing below a letter that was written here."""
    thread = thread_of(visitor.conversation_id)
    return {"wish": thread.wish} if thread is not None and thread.has_address else None


def what_goes_when(screen: Screen) -> dict[str, Any] | None:
    """The clocks of e-mail, where a helpline takes any."""
    service: Service = screen.service
    if not box_of(service.pk).address:
        return None
    return {
        "service": service,
        "threads": MailThread.objects.filter(conversation__service=service).count(),
        "marks": SeenMail.objects.filter(service=service).count(),
    }
