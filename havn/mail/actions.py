"""Writes of mail: queue a letter, deliver it, give it up, forget it."""

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from havn.common.clock import now
from havn.common.ids import random_id
from havn.mail import queries, rules
from havn.mail.models import LetterOut
from havn.mail.sealing import Content, seal, unseal
from havn.tasks.api import task
from havn.tenancy.models import Centre

log = logging.getLogger("havn.mail")
# A try that took its worker with it is made again after this time.
_CLAIM = dt.timedelta(minutes=10)
_NOT_SENT = (OSError, smtplib.SMTPException)
_SEALED = ("sender", "sender_name", "reply_to", "message_id", "in_reply_to", "automatic")


@dataclass(frozen=True, repr=False)
class Manner:
    """How a letter goes out that is more than a notice from the centre. All addresses are plain ("a@b.example").

    What is "" is as in a notice. `reply_to` is where answers come in, and what the mail servers on the way could not
    deliver. `message_id` and `in_reply_to` are without brackets. `automatic` is the value of Auto-Submitted (RFC 3834);
    "" where a person wrote it. `hours`: given up and destroyed after so many, sent or not.
    """

    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    automatic: str = ""
    hours: int = 24


@transaction.atomic
def send(
    *,
    centre: Centre,
    to: str,
    subject: str,
    text: str,
    kind: str,
    calendar: bytes | None = None,
    manner: Manner | None = None,
) -> int:
    """Queue one plain-text e-mail from the centre, in the caller's transaction. Returns the letter's number.

    The worker sends it soon after the commit and goes on trying for three days; in a demonstration it lies in the
    outbox. `kind` is a code such as "events.confirmed"; `calendar` becomes an attached iCalendar file. Translate the
    words before. ValueError, which repeats nothing of it, for an address that is none, a subject that is not one line
    or an unknown shape of `kind`.
    """
    if not rules.is_kind(kind):
        raise ValueError("The kind of a letter is a short code such as events.confirmed.")
    if not rules.is_header(subject):
        raise ValueError("The subject of a letter is one short line.")
    if not queries.is_address(to):
        raise ValueError("A letter goes to one e-mail address.")
    letter_id, moment, kept = random_id(), now(), queries.is_kept_here(centre)
    more = {name: getattr(manner, name) for name in _SEALED} if manner else {}
    LetterOut.objects.create(
        id=letter_id,
        centre=centre,
        kind=kind,
        state=LetterOut.State.KEPT if kept else LetterOut.State.WAITING,
        sealed=seal(letter_id, Content(to, subject, text, calendar, **more)),
        queued_at=moment,
        until=moment + dt.timedelta(hours=manner.hours) if manner else None,
        next_try_at=None if kept else moment,
    )
    if not kept:
        send_letter.enqueue(letter_id)
    return letter_id


@transaction.atomic
def take_back(letter_id: int) -> bool:
    """Destroy a letter that waits and that no worker is sending now, tried before or not.

    False when it has gone, is on its way, was given up or is not there.
    """
    waiting = LetterOut.objects.filter(pk=letter_id, state=LetterOut.State.WAITING)
    free = waiting.filter(Q(held_until__isnull=True) | Q(held_until__lte=now()))
    return bool(free.delete()[0])


@transaction.atomic
def stop(letter_id: int) -> bool:
    """Take a letter back; what a worker is sending at this moment is not tried again if it fails. True when taken."""
    if take_back(letter_id):
        return True
    LetterOut.objects.filter(pk=letter_id, state=LetterOut.State.WAITING).update(until=now())
    return False


@task(attempts=1, lease_s=60)
def send_letter(letter_id: int) -> int:
    """Deliver one letter soon after it was queued. What fails waits for `tasks.send_due`."""
    return int(deliver(letter_id=letter_id))


def deliver(*, letter_id: int) -> bool:
    """Try to send a letter now. True when it went; its row is then destroyed.

    Claimed by one UPDATE, so that two workers never send the same. A worker that is killed between sending and
    destroying sends it again: with the same Message-ID, by which mail programs know a second copy.
    """
    moment = now()
    if not queries.is_set_up():
        return False
    claimed = LetterOut.objects.filter(pk=letter_id, state=LetterOut.State.WAITING, next_try_at__lte=moment).update(
        tries=F("tries") + 1,
        first_try_at=Coalesce("first_try_at", moment),
        next_try_at=moment + _CLAIM,
        held_until=moment + _CLAIM,
    )
    if not claimed:
        return False
    letter = LetterOut.objects.select_related("centre").get(pk=letter_id)
    if queries.is_kept_here(letter.centre):
        letter.state, letter.next_try_at, letter.held_until = LetterOut.State.KEPT, None, None
        letter.save(update_fields=["state", "next_try_at", "held_until"])
        return False
    try:
        _message(letter).send()
    except _NOT_SENT as error:
        _failed(letter, error, moment)
        return False
    letter.delete()
    return True


def forget(*, moment: dt.datetime) -> int:
    """Give up what waited or was tried too long, and destroy what is past its clock. Returns how many changed."""
    late = [
        letter.pk
        for letter in LetterOut.objects.filter(state=LetterOut.State.WAITING).defer("sealed")
        if rules.is_given_up(
            queued_at=letter.queued_at, first_try_at=letter.first_try_at, now=moment, until=letter.until
        )
    ]
    changed = _give_up(late, moment) + forget_timed(moment=moment)
    old = LetterOut.objects.filter(state=LetterOut.State.GIVEN_UP, given_up_at__lt=moment - rules.COUNTED_FOR)
    shown = LetterOut.objects.filter(state=LetterOut.State.KEPT, queued_at__lt=moment - rules.SHOWN_FOR)
    return changed + old.delete()[0] + shown.delete()[0]


def forget_timed(*, moment: dt.datetime) -> int:
    """The same for letters with a clock of their own. One that a worker is sending has its turn first."""
    held = Q(state=LetterOut.State.WAITING, held_until__gt=moment)
    over = LetterOut.objects.filter(until__lte=moment).exclude(held)
    waiting = list(over.filter(state=LetterOut.State.WAITING).values_list("pk", flat=True))
    return _give_up(waiting, moment) + over.filter(state=LetterOut.State.KEPT).delete()[0]


def _give_up(letter_ids: list[int], moment: dt.datetime) -> int:
    return LetterOut.objects.filter(pk__in=letter_ids, state=LetterOut.State.WAITING).update(
        state=LetterOut.State.GIVEN_UP, sealed=None, next_try_at=None, given_up_at=moment
    )


def _failed(letter: LetterOut, error: Exception, moment: dt.datetime) -> None:
    """Wait for the next try or give up. The log names the kind of failure; servers like to quote the address."""
    given_up = rules.is_given_up(
        queued_at=letter.queued_at, first_try_at=letter.first_try_at, now=moment, until=letter.until
    )
    if given_up or rules.refused_for_good(_codes(error)):
        _give_up([letter.pk], moment)
        log.warning("A letter could not be sent and was given up: %s", type(error).__name__)
        return
    again = moment + rules.wait_after(letter.tries)
    LetterOut.objects.filter(pk=letter.pk).update(next_try_at=again, held_until=None)
    log.warning("A letter could not be sent and is tried again: %s", type(error).__name__)


def _codes(error: Exception) -> list[int]:
    """What the mail server said about this letter; nothing for a fault of the line or of our own settings."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPDataError) else []


def _message(letter: LetterOut) -> EmailMessage:
    content = unseal(letter.pk, letter.sealed or b"")
    sender = content.sender or settings.DEFAULT_FROM_EMAIL
    # Of the sender's domain, never of this machine, and the same at every try.
    own_id = f"{letter.pk:x}.{int(letter.queued_at.timestamp()):x}@{sender.rpartition('@')[2]}"
    named = formataddr((content.sender_name or letter.centre.name, sender))
    headers = {
        "From": named,
        "Message-ID": f"<{content.message_id or own_id}>",
        "Date": format_datetime(letter.queued_at),
        "Auto-Submitted": content.automatic,
        "Reply-To": content.reply_to,
        "In-Reply-To": f"<{content.in_reply_to}>" if content.in_reply_to else "",
        "References": f"<{content.in_reply_to}>" if content.in_reply_to else "",
    }
    message = EmailMessage(
        subject=content.subject,
        body=content.text,
        # The envelope's sender: mail servers send there what they cannot deliver.
        from_email=content.reply_to or named,
        to=[content.to],
        headers={name: value for name, value in headers.items() if value},
        connection=EmailBackend(),
    )
    if content.calendar is not None:
        message.attach("event.ics", content.calendar.decode(), "text/calendar")
    return message
