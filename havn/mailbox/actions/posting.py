"""Handing an e-mail of a thread to the outbox, with the thread's token where answers come in."""

from havn.common.ids import random_id
from havn.mail import api as mail
from havn.mailbox import letters
from havn.mailbox.models import Mailbox, MailOut, MailThread
from havn.mailbox.rules.tokens import address_for_answers, name_of_message
from havn.mailbox.sealing import Facts
from havn.tenancy.models import Service

# What a child is waiting for is late after a day; then the thread says that it did not arrive.
HOURS = 24


def post(
    service: Service,
    box: Mailbox,
    thread: MailThread,
    facts: Facts,
    *,
    language: str,
    text: str,
    kind: str,
    automatic: str,
    now_ms: int,
) -> bool:
    """Queue it in the caller's transaction. False where there is no address to write to, ours or theirs.

    `automatic` is the value of Auto-Submitted, "" for what a person wrote: only there the child's subject stands again,
    which whoever sees the mailbox on a screen can read.
    """
    if not facts.address or not box.address:
        return False
    try:
        number = mail.send(
            centre=service.organisation.centre,
            to=facts.address,
            subject=letters.subject_of(service, language, "" if automatic else facts.subject),
            text=text,
            kind=kind,
            manner=mail.Manner(
                sender=box.address,
                sender_name=service.name,
                reply_to=address_for_answers(box.address, facts.token, separator=box.separator),
                message_id=name_of_message(random_id(), facts.token, box.address),
                in_reply_to=facts.message_id,
                automatic=automatic,
                hours=HOURS,
            ),
        )
    except ValueError:
        # An address that looks like one and cannot be written to.
        return False
    MailOut.objects.create(conversation_id=thread.pk, letter_id=number, queued_at_ms=now_ms)
    return True
