"""An e-mail that came in: joined to its thread by its token, or the first of a new one. Stored before it is let go of.

Read outside of any transaction; stored some at a time in one, for at most `SHARE_MS` of the database's one writer.
"""

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.db import DatabaseError, transaction

from havn.common.errors import Refused
from havn.helpline.actions.telling import queue_changed
from havn.helpline.actions.visits import start_visit, write_again
from havn.helpline.models import Turn
from havn.live import api as live
from havn.mail.api import is_address
from havn.mailbox import marks, words
from havn.mailbox.actions.receipts import queue_receipt
from havn.mailbox.models import Mailbox, MailThread, SeenMail
from havn.mailbox.queries.connection import box_of, own_addresses
from havn.mailbox.queries.threads import TOKEN_INFO, OpenThread, thread_of_tokens
from havn.mailbox.rules import tokens
from havn.mailbox.rules.automatic import Kind
from havn.mailbox.rules.languages import language_of
from havn.mailbox.rules.pieces import pieces_of
from havn.mailbox.rules.reading import Mail, first_words, read
from havn.mailbox.sealing import Facts, open_facts, seal_facts
from havn.tenancy.models import Service
from havn.vault import rules as vault

log = logging.getLogger("havn.mailbox")
SHARE_MS = 15


class Taken(StrEnum):
    """What became of an e-mail. Only LEFT stays where it was: everything else is stored, or nobody's words."""

    NEW = "new"
    AGAIN = "again"
    SEEN = "seen"
    NOTED = "noted"
    DROPPED = "dropped"
    LEFT = "left"


def take_mails(service: Service, raws: Sequence[bytes], *, now_ms: int) -> list[Taken]:
    """Store these e-mails and say of each what became of it, after the commit.

    One that may join a thread begins a transaction: whoever works on that thread waits for the queue's row, which a
    mail before it holds.

    Raises what stops all of them: Refused when no letter can begin now, DatabaseError. What fails by
    itself is LEFT.
    """
    own = own_addresses(service.organisation.centre_id)
    box, read_ones = box_of(service.pk), [_read(raw, own) for raw in raws]
    taken: list[Taken] = []
    while len(taken) < len(read_ones):
        with transaction.atomic():
            until = time.monotonic() + SHARE_MS / 1000
            for mail in read_ones[len(taken) :]:
                taken.append(Taken.LEFT if mail is None else _take_safely(service, box, mail, now_ms))
                following = read_ones[len(taken)] if len(taken) < len(read_ones) else None
                if time.monotonic() >= until or (following and following.tokens):
                    break
    if any(one in (Taken.NEW, Taken.AGAIN) for one in taken):
        Mailbox.objects.filter(pk=service.pk).update(last_mail_ms=now_ms)
    return taken


def _read(raw: bytes, own: Mapping[str, str]) -> Mail | None:
    try:
        return read(raw, own=own)
    except Exception as error:
        # Hostile bytes that the parser does not expect. They stay where they are; the others go on.
        log.warning("An e-mail could not be read: %s", type(error).__name__)
        return None


def _take_safely(service: Service, box: Mailbox, mail: Mail, now_ms: int) -> Taken:
    try:
        with transaction.atomic():
            return _take(service, box, mail, now_ms)
    except (Refused, DatabaseError):
        raise
    except Exception as error:
        log.warning("An e-mail could not be stored: %s", type(error).__name__)
        return Taken.LEFT


def _take(service: Service, box: Mailbox, mail: Mail, now_ms: int) -> Taken:
    if mail.ours:
        return Taken.DROPPED
    mark = marks.mail_mark(service.pk, mail)
    if SeenMail.objects.filter(service=service, mark=mark).exists():
        return Taken.SEEN
    SeenMail.objects.create(service=service, mark=mark, at_ms=now_ms)
    thread = thread_of_tokens(service.pk, mail.tokens)
    if mail.kind is not Kind.LETTER:
        return _note(service, thread, mail)
    if thread is None:
        _begin(service, box, mail, now_ms)
        return Taken.NEW
    _join(service.pk, thread, mail, uuid.UUID(bytes=mark[:16]), now_ms)
    return Taken.AGAIN


def _note(service: Service, thread: OpenThread | None, mail: Mail) -> Taken:
    """A report or an automatic answer: told in its thread, and never answered."""
    if thread is None or mail.kind is Kind.NOTICE:
        return Taken.DROPPED
    if mail.kind is Kind.BOUNCED:
        note_undelivered(thread.row, service.pk, thread.key)
    else:
        live.append_event(thread.row.pk, thread.key, words.AUTOMATIC)
    return Taken.NOTED


def note_undelivered(thread: MailThread, service_id: int, key: bytes | None) -> None:
    """Tell in the thread that an e-mail did not arrive; without a key the code alone is stored."""
    thread.undelivered += 1
    thread.save(update_fields=["undelivered"])
    live.append_event(thread.pk, key, words.UNDELIVERED)
    queue_changed(service_id)


def _begin(service: Service, box: Mailbox, mail: Mail, now_ms: int) -> None:
    """A new thread, with its token, its return code and a receipt where one may go."""
    said, *more = pieces_of(first_words(mail))
    language = language_of(said, service.languages or service.organisation.centre.languages, mail.language)
    started = start_visit(
        centre_id=service.organisation.centre_id,
        service_id=service.pk,
        channel=Turn.Channel.MAIL,
        language=language,
        now_ms=now_ms,
        letter=said,
    )
    for piece in more:
        _append(started.conversation_id, started.participant_id, started.key, piece, now_ms)
    token = vault.ReturnCode.make()
    while MailThread.objects.filter(locator=token.locator).exists():
        token = vault.ReturnCode.make()
    wrap = vault.wrap(token.secret, started.key, TOKEN_INFO)
    thread = MailThread(
        conversation_id=started.conversation_id,
        locator=token.locator,
        salt=wrap.salt,
        nonce=wrap.nonce,
        wrapped=wrap.wrapped,
        has_address=is_address(mail.sender),
        left_out=mail.left_out,
    )
    facts = Facts(mail.sender, mail.subject, tokens.text_of(token), mail.message_id)
    seal_facts(thread, facts, started.key)
    thread.save(force_insert=True)
    _tell_left_out(thread, mail, started.key)
    if mail.answerable:
        queue_receipt(
            service, box, thread, facts, language=language, code=started.code, left_out=mail.left_out, now_ms=now_ms
        )


def _join(service_id: int, thread: OpenThread, mail: Mail, name: uuid.UUID, now_ms: int) -> None:
    """A further e-mail of a thread: its new words only. Whoever else writes it, answers go where they went."""
    row = thread.row
    said, *more = pieces_of(mail.new or mail.subject or "…")
    write_again(
        conversation_id=row.pk,
        participant_id=thread.participant_id,
        key=thread.key,
        text=said,
        client_id=str(name),
        now_ms=now_ms,
    )
    for piece in more:
        _append(row.pk, thread.participant_id, thread.key, piece, now_ms)
    facts = open_facts(row, thread.key)
    seal_facts(row, Facts(facts.address, facts.subject, facts.token, mail.message_id), thread.key)
    row.left_out += mail.left_out
    row.save(update_fields=["facts_nonce", "facts_sealed", "left_out"])
    _tell_left_out(row, mail, thread.key)
    queue_changed(service_id)


def _append(conversation_id: int, participant_id: int, key: bytes, text: str, now_ms: int) -> None:
    live.append(
        conversation_id=conversation_id,
        key=key,
        author="visitor",
        kind="text",
        text=text,
        participant_id=participant_id,
        now_ms=now_ms,
    )


def _tell_left_out(thread: MailThread, mail: Mail, key: bytes) -> None:
    if mail.left_out:
        live.append_event(thread.pk, key, words.LEFT_OUT, count=mail.left_out)
    if mail.cut:
        live.append_event(thread.pk, key, words.CUT)
