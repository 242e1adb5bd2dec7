"""Children who go quiet: asked kindly in a talk, skipped and after a while counted as left in the queue."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from havn.helpline import words
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.telling import queue_changed, tell
from havn.helpline.models import HelplineSettings, Turn
from havn.helpline.queries.duty import settings_of
from havn.helpline.rules import duty as rules
from havn.live.models import Message

MINUTE_MS = 60_000
# When a whole region loses its lines, no transaction grows long.
AT_ONCE = 200


def presence(connected: Collection[int], now_ms: int) -> None:
    """Who waits and has no line any more is skipped from now on; who is back has the old place."""
    waiting = Turn.objects.filter(state=Turn.State.WAITING, channel=Turn.Channel.CHAT)
    moved: dict[tuple[int, bool], list[int]] = {}
    for pk, service_id, away_ms in waiting.values_list("pk", "service_id", "away_since_ms"):
        here = pk in connected
        if here != (away_ms is None):
            moved.setdefault((service_id, here), []).append(pk)
    for (service_id, here), pks in moved.items():
        for start in range(0, len(pks), AT_ONCE):
            _note_presence(service_id, pks[start : start + AT_ONCE], here, now_ms)


def _note_presence(service_id: int, pks: Sequence[int], here: bool, now_ms: int) -> None:
    """Only the column, and only from the state just seen: another process may have been faster."""
    with transaction.atomic():
        rows = Turn.objects.filter(pk__in=pks, state=Turn.State.WAITING, away_since_ms__isnull=not here)
        if rows.update(away_since_ms=None if here else now_ms):
            queue_changed(service_id)


def typing(conversations: Collection[int], now_ms: int) -> None:
    """A child who writes a long message is not silent."""
    Turn.objects.filter(pk__in=conversations, state=Turn.State.TALKING).update(last_visitor_ms=now_ms)


def sweep_away(now_ms: int) -> None:
    """Children who stayed away from the queue too long are counted as left; the code still brings them back."""
    shortest = HelplineSettings.objects.order_by("away_minutes").values_list("away_minutes", flat=True).first() or 10
    due = Turn.objects.filter(state=Turn.State.WAITING, away_since_ms__lte=now_ms - min(shortest, 10) * MINUTE_MS)
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            turn = locked(pk)
            minutes = settings_of(turn.service_id).away_minutes
            if turn.state != Turn.State.WAITING or turn.away_since_ms is None:
                continue
            if now_ms - turn.away_since_ms >= minutes * MINUTE_MS:
                finish(turn, by=Turn.EndedBy.AWAY, key=None, now_ms=now_ms)


def sweep_silence(now_ms: int) -> None:
    """A child who has not written since the counsellor did: a kind line, later an end with the code, never blame.

    A child whose own words are still unanswered is not silent: then we are. Nor is one whose counsellor is away.
    """
    texts = Message.objects.filter(conversation_id=OuterRef("pk"), kind=Message.Kind.TEXT)
    talks = (
        Turn.objects.filter(state=Turn.State.TALKING, channel=Turn.Channel.CHAT, counsellor_lost_at_ms__isnull=True)
        .annotate(
            child_ms=Coalesce(_latest(texts.filter(author=Message.Author.VISITOR)), 0),
            staff_ms=Coalesce(_latest(texts.filter(author=Message.Author.STAFF)), 0),
        )
        .filter(Q(staff_ms__gt=0, staff_ms__gte=Greatest("child_ms", 0)))
        # Whoever was written to just now is not silent yet, whatever the helpline's setting.
        .filter(staff_ms__lte=now_ms - _shortest_silence() * MINUTE_MS)
    )
    for pk, staff_ms in talks.values_list("pk", "staff_ms"):
        _silence(pk, staff_ms, now_ms)


def _shortest_silence() -> int:
    """The fewest minutes after which any helpline asks; a helpline without settings has the usual ones."""
    usual = HelplineSettings._meta.get_field("silence_ask_minutes").default
    shortest = HelplineSettings.objects.order_by("silence_ask_minutes").values_list("silence_ask_minutes", flat=True)
    return min(int(shortest.first() or usual), int(usual))


def _latest(messages: QuerySet[Message]) -> Subquery:
    return Subquery(messages.values("conversation_id").annotate(at=Max("at_ms")).values("at"))


@transaction.atomic
def _silence(conversation_id: int, staff_ms: int, now_ms: int) -> None:
    turn = locked(conversation_id)
    if turn.state != Turn.State.TALKING:
        return
    settings = settings_of(turn.service_id)
    since = max(staff_ms, turn.last_visitor_ms or 0)
    asked = turn.silence_asked_ms if turn.silence_asked_ms and turn.silence_asked_ms > since else None
    step = rules.silence_step(
        quiet_since_ms=since,
        asked_ms=asked,
        now_ms=now_ms,
        ask_minutes=settings.silence_ask_minutes,
        end_minutes=settings.silence_end_minutes,
    )
    if step == "ask":
        Turn.objects.filter(pk=turn.pk).update(silence_asked_ms=now_ms)
        minutes = max(settings.silence_end_minutes - settings.silence_ask_minutes, 1)
        tell(turn.pk, None, words.SILENCE_ASKED, minutes=minutes)
    elif step == "end":
        finish(turn, by=Turn.EndedBy.SILENCE, key=None, now_ms=now_ms, tell_code=words.SILENCE_ENDED)
