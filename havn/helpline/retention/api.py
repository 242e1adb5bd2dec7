"""The door for the child's side: destroy this talk now. For centres: the promise of the privacy page."""

from havn.audit import api as audit
from havn.centres.registry import Keeping
from havn.helpline import letters
from havn.helpline.actions.counting import count_turn
from havn.helpline.models import Record, Turn
from havn.helpline.retention import journal
from havn.helpline.retention.destroy import destroy_at_once
from havn.helpline.retention.queries import clocks_of
from havn.helpline.retention.rules import Clocks
from havn.helpline.retention.tasks import forget_traces
from havn.helpline.rules.turns import WRITTEN
from havn.live import api as live
from havn.live.models import Participant
from havn.tenancy.models import Service

BACKUP_DAYS = 7


def destroy_now(turn: Turn) -> None:
    """Destroy an ended talk at its child's wish: keys and rows go in the caller's transaction, traces right after it.

    Whether it may go yet is the caller's question (`rules/visits.py: why_not_delete`); the turn's row is locked. The
    anonymous count stays.
    """
    ids = [turn.pk]
    count_turn(turn, record=Record.objects.filter(pk=turn.pk).first())
    readers = Participant.objects.filter(conversation_id=turn.pk, user__isnull=False, left_at_ms=None)
    topics = [f"staff:{user_id}" for user_id in readers.values_list("user_id", flat=True)]
    if turn.channel in WRITTEN:
        letters.deleted(turn)
    journal.remember(turn.pk)
    destroy_at_once(ids)
    live.bump(f"conversation:{turn.pk}", f"queue:{turn.service_id}", *topics)
    # The trail says that the service destroyed a talk, not which: the contact that stays was made in this moment.
    audit.record(
        centre_id=turn.service.organisation.centre_id, service_id=turn.service_id, action="helpline.talk.destroyed"
    )
    forget_traces.enqueue()


def keeping_of(centre_id: int) -> Keeping:
    """What the privacy page promises: the longest clock of the centre's helplines, and the backups' days."""
    helplines = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    clocks = clocks_of(helplines.values_list("pk", flat=True))
    every = list(clocks.values()) or [Clocks()]
    return Keeping(
        days=max(one.keep_days for one in every),
        unfinished_hours=max(one.keep_unfinished_hours for one in every),
        backup_days=BACKUP_DAYS,
    )
