"""The automatic receipt of a first e-mail: at most a few a day to one address, and never to what answers by itself."""

from havn.mailbox import letters, marks
from havn.mailbox.actions.posting import post
from havn.mailbox.models import Mailbox, MailThread
from havn.mailbox.sealing import Facts
from havn.tenancy.models import Service


def queue_receipt(
    service: Service,
    box: Mailbox,
    thread: MailThread,
    facts: Facts,
    *,
    language: str,
    code: str,
    left_out: int,
    now_ms: int,
) -> bool:
    """Say that the e-mail is here, in the caller's transaction. False when this address had enough receipts today.

    Whether an automatic answer may go to it at all is the caller's question (`rules/automatic.py`).
    """
    if not marks.is_receipt_due(service.pk, facts.address, most=box.receipts_a_day, now_ms=now_ms):
        return False
    return post(
        service,
        box,
        thread,
        facts,
        language=language,
        text=letters.receipt(service, box, language=language, code=code, left_out=left_out),
        kind="mailbox.receipt",
        automatic="auto-replied",
        now_ms=now_ms,
    )
