"""What is noted with every text of a letter, and which answers may not go straight to the child."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.telling import queue_changed
from havn.helpline.models import Turn
from havn.helpline.rules.turns import WRITTEN
from havn.letterbox.models import Draft, LetterboxSettings, LetterClock
from havn.letterbox.queries.settings import needs_second_reading
from havn.letterbox.rules.clocks import HOUR_MS
from havn.live.models import Conversation

SWEEP_EVERY_MS = 60_000


def note_text(conversation_id: int, author: str, at_ms: int) -> None:
    """Keep the letter's clock, in the transaction that stores a text: the child's starts it, ours stops it.

    Whoever looks at the list is told when a letter begins to wait.
    """
    clock = LetterClock.objects.filter(pk=conversation_id).first()
    new = clock is None
    if clock is None:
        letter = Turn.objects.only("service_id", "language").get(pk=conversation_id)
        clock = LetterClock(pk=conversation_id, service_id=letter.service_id, language=letter.language)
    if author == "visitor":
        if clock.unanswered_since_ms is None:
            clock.unanswered_since_ms = at_ms
            queue_changed(clock.service_id)
    else:
        clock.unanswered_since_ms, clock.answered_at_ms = None, at_ms
    clock.save(force_insert=new)


def close_clock(letter: Turn, _now_ms: int) -> None:
    """A letter was closed: nobody waits for its answer any more, until the child writes again.

    However it was closed: while an answer waits for a second reading, its child still waits.
    """
    if letter.channel in WRITTEN and not _is_asked(letter.pk):
        LetterClock.objects.filter(pk=letter.pk).update(unanswered_since_ms=None)


def check_may_end(letter: Turn) -> None:
    """Raises Refused while an answer is written: closed now, nobody would send it."""
    if letter.channel in WRITTEN and Draft.objects.filter(pk=letter.pk).exclude(sealed=b"").exists():
        raise Refused(_("An answer to this letter has not gone yet. Send it, or empty its draft."))


def check_may_answer(conversation_id: int, user_id: int) -> None:
    """Raises where an answer goes only after a second reading: then it is written as a draft, and a colleague sends it.

    Asked of whatever a counsellor writes to the child of a letter, from any screen or script.
    """
    service_id = Conversation.objects.values_list("service_id", flat=True).filter(pk=conversation_id).first()
    if service_id is not None and needs_second_reading(service_id, user_id):
        raise NotAllowed(_("Here a colleague reads each answer before it goes. Write it as the letter's draft."))
    if _is_asked(conversation_id):
        raise Refused(_("An answer to this letter is waiting for a second reading."))


def sweep_alarms(now_ms: int) -> None:
    """Wake the walls whose letters have passed the alarm since the last sweep. Changes nothing."""
    own = dict(LetterboxSettings.objects.values_list("service_id", "alarm_hours"))
    usual = LetterboxSettings._meta.get_field("alarm_hours").default
    for service_id in list(LetterClock.objects.order_by().values_list("service_id", flat=True).distinct()):
        latest = now_ms - own.get(service_id, usual) * HOUR_MS
        crossing = LetterClock.objects.filter(
            service_id=service_id, unanswered_since_ms__gt=latest - SWEEP_EVERY_MS, unanswered_since_ms__lte=latest
        )
        if crossing.exists():
            with transaction.atomic():
                queue_changed(service_id)


def _is_asked(conversation_id: int) -> bool:
    return Draft.objects.filter(pk=conversation_id, asked_at_ms__isnull=False).exists()
