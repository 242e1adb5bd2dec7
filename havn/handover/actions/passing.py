"""Passing on, by the worker when its time has come or by hand: only after a yes, and only that text."""

import logging
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.centres.handovers import Passed, receiver_named
from havn.common.clock import from_ms, now_ms
from havn.common.errors import Refused
from havn.handover.actions import moving
from havn.handover.models import Handover, HandoverWaiting
from havn.handover.permissions import check_can_pass_on
from havn.handover.rules import states
from havn.handover.sealing import open_waiting
from havn.mail import api as mail
from havn.tasks.api import task

log = logging.getLogger("havn.handover")
KIND_OF_LETTER = "handover.passed"
# The e-mail goes right after it was queued: soon after that somebody looks whether it has.
LOOK_AFTER_MS = 4_000
# Given up after a day: by then somebody has to look why it does not go.
_MANNER = mail.Manner(automatic="auto-generated", hours=24)
_MAIL_HAS_IT = frozenset({"", "kept"})


@task(attempts=3, lease_s=60)
def pass_on(handover_id: int) -> int:
    """Pass on what was agreed to, if its time has come and the yes still stands. Returns 1 when it was handed on."""
    return int(pass_agreed(handover_id=handover_id, at_ms=now_ms()))


@task(attempts=3, lease_s=60)
def look_after(handover_id: int) -> int:
    """See whether an e-mail has gone. Returns 1 when that is decided."""
    return int(follow_letter(handover_id=handover_id, at_ms=now_ms()))


@transaction.atomic
def pass_agreed(*, handover_id: int, at_ms: int) -> bool:
    """Hand the agreed text to the receiver; it stands or falls with the note that it went.

    False when there is nothing to pass on (any more, or yet). What can't be passed on is marked as failed.
    """
    handover = moving.find_locked(handover_id, states.AGREED)
    waiting = HandoverWaiting.objects.filter(pk=handover_id).first()
    if handover is None or waiting is None or (handover.due_at_ms or 0) > at_ms:
        return False
    try:
        text, address = open_waiting(handover.pk, waiting.sealed)
        with transaction.atomic():
            _hand_on(handover, text, address, at_ms)
    except (OperationalError, InterfaceError):
        # The database, not the receiver: the same is tried again.
        raise
    except Exception as error:
        # A strand's own fault too: somebody sees that it has not gone, and the others go on. No word of it in the log.
        log.warning("A hand-over could not be passed on: %s", type(error).__name__)
        moving.move(moving.locked(handover_id), states.FAILED)
        return False
    return True


@transaction.atomic
def follow_letter(*, handover_id: int, at_ms: int) -> bool:
    """Note what became of the e-mail: gone, or given up. False while it is still being tried."""
    handover = moving.find_locked(handover_id, states.SENDING)
    if handover is None:
        return False
    state = mail.state_of(handover.letter_id) if handover.letter_id else "given-up"
    if state in _MAIL_HAS_IT:
        _gone(handover, at_ms, actor_id=None, key=None)
    elif state == "given-up":
        handover.letter_id = None
        moving.move(handover, states.FAILED)
    return state == "given-up" or state in _MAIL_HAS_IT


@transaction.atomic
def fail_sending() -> int:
    """After a restore: nobody knows whether what was on its way has gone. Somebody looks at it. Returns how many."""
    ids = Handover.objects.filter(state=states.SENDING).values_list("pk", flat=True)
    found = [moving.locked(number) for number in ids]
    for handover in found:
        handover.letter_id = None
        moving.move(handover, states.FAILED)
    return len(found)


def stop_letters(conversation_ids: Sequence[int]) -> None:
    """Destroy the e-mails of talks that are destroyed now, if they still wait."""
    letters = Handover.objects.filter(conversation_id__in=conversation_ids, letter_id__isnull=False)
    for letter_id in letters.values_list("letter_id", flat=True):
        mail.stop(letter_id or 0)


@transaction.atomic
def passed_by_hand(*, actor: User, handover_id: int, key: bytes, at_ms: int) -> Handover:
    """Somebody has put the agreed text into the other party's own form and sent it."""
    handover = moving.locked(handover_id)
    check_can_pass_on(actor, handover.service)
    if handover.way != "page" or handover.state != states.AGREED:
        raise Refused(_("This is not passed on by hand now."))
    _gone(handover, at_ms, actor_id=actor.pk, key=key)
    return handover


def _hand_on(handover: Handover, text: str, address: str, at_ms: int) -> None:
    centre = handover.service.organisation.centre
    if handover.way == "inside":
        receiver = receiver_named(address, centre.pk)
        if receiver is None:
            raise Refused(_("Nobody takes it there now."))
        receiver.take(Passed(centre.pk, handover.route, handover.kind, text, handover.answered_in))
        _gone(handover, at_ms, actor_id=None, key=None)
        return
    if not mail.reaches(centre):
        raise Refused(_("No mail server is set up."))
    with translation.override(centre.default_language):
        subject = _("Passed on by %(service)s, with consent") % {"service": handover.service.name[:120]}
    handover.letter_id = mail.send(
        centre=centre, to=address, subject=subject, text=text, kind=KIND_OF_LETTER, manner=_MANNER
    )
    moving.move(handover, states.SENDING)
    look_after.using(run_after=from_ms(at_ms + LOOK_AFTER_MS)).enqueue(handover.pk)


def _gone(handover: Handover, at_ms: int, *, actor_id: int | None, key: bytes | None) -> None:
    handover.gone_at_ms, handover.letter_id = at_ms, None
    moving.move(handover, states.GONE, key=key, code=moving.WENT, actor_id=actor_id)
