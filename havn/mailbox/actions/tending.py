"""What follows by the clock: e-mails that did not go, and marks whose time is over."""

from django.db import transaction

from havn.live.models import Conversation
from havn.mail import api as mail
from havn.mailbox.actions.receiving import note_undelivered
from havn.mailbox.marks import DAY_MS, SEEN_KEPT_MS
from havn.mailbox.models import DayKey, MailOut, MailThread, SeenMail


def follow_outs() -> int:
    """Tell in each thread which of its e-mails were given up. Returns how many were."""
    given_up = 0
    for out in list(MailOut.objects.select_related("conversation").order_by("queued_at_ms")[:500]):
        match mail.state_of(out.letter_id):
            case "":
                out.delete()
            case "given-up":
                given_up += _tell(out.pk)
    return given_up


def forget(now_ms: int) -> bool:
    """Destroy marks of e-mails after a week, and keys of a day with their counts. True when a key went."""
    SeenMail.objects.filter(at_ms__lt=now_ms - SEEN_KEPT_MS).delete()
    return bool(DayKey.objects.filter(made_at_ms__lte=now_ms - DAY_MS).delete()[0])


@transaction.atomic
def _tell(out_id: int) -> int:
    conversation = Conversation.objects.select_for_update(of=("self",)).filter(mails_out=out_id).first()
    out = MailOut.objects.filter(pk=out_id).first()
    if conversation is None or out is None:
        return 0
    thread = MailThread.objects.filter(pk=conversation.pk).first()
    if thread is not None:
        note_undelivered(thread, conversation.service_id, None)
    out.delete()
    return 1
