"""Destroying talks: the keys first, then the rows, in small transactions; an entry on the trail with counts only."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from havn.audit import api as audit
from havn.helpline import beside
from havn.helpline.actions.counting import count_turn
from havn.helpline.models import Record, Turn
from havn.helpline.retention import queries
from havn.helpline.retention.batches import Batches, delete_some
from havn.helpline.retention.rules import Clock, clock_of
from havn.helpline.retention.tables import KEYS, tables_about_conversations
from havn.live.models import Beacon, Conversation
from havn.tenancy.models import Centre
from havn.vault import api as vault
from havn.vault.models import ConversationKeyWrap

# Conversations handled together; the rows of each table are cut further by time (batches.py).
AT_ONCE = 25


@dataclass
class Purged:
    """What a purge of one centre destroyed. `left` counts what should be gone and is not: 0, or it is not finished."""

    talks: int = 0
    unfinished: int = 0
    messages: int = 0
    keys: int = 0
    held: int = 0
    left: int = 0
    key_batches: Batches = field(default_factory=lambda: Batches(first=4, largest=AT_ONCE))
    row_batches: Batches = field(default_factory=Batches)


def _go_on() -> None:
    """Nothing to look at between two batches."""


def purge_centre(centre: Centre, *, now: dt.datetime, between: Callable[[], None] = _go_on) -> Purged:
    """Destroy every talk of the centre whose clock ran out. Interrupted, it goes on where it was at the next call.

    `between` runs between transactions and may raise to stop. Leaves one entry on the trail.
    """
    done = Purged()
    over = [kept.id for kept in queries.talks_over(centre, now=now)]
    gone: list[int] = []
    for start in range(0, len(over), AT_ONCE):
        some = _destroy_keys(centre, over[start : start + AT_ONCE], now, done, between)
        if some:
            _destroy_rows(some, done, between)
        gone += some
    done.held = sum(kept.held for kept in queries.talks_of(centre, now=now))
    done.left = len(queries.talks_over(centre, now=now)) + _keys_left(gone)
    with transaction.atomic():
        audit.record(
            centre_id=centre.pk,
            action=queries.PURGED,
            talks=done.talks,
            unfinished=done.unfinished,
            messages=done.messages,
            keys=done.keys,
            held=done.held,
            left=done.left,
        )
    return done


def destroy_at_once(conversation_ids: Sequence[int]) -> None:
    """Destroy keys and rows in the caller's transaction: for one talk that its child deletes, or after a restore."""
    ids = list(conversation_ids)
    beside.tell_destroyed(ids)
    vault.destroy_conversation_keys(ids)
    for table in tables_about_conversations():
        delete_some(table, ids, 1_000_000)


def _destroy_keys(
    centre: Centre, ids: list[int], now: dt.datetime, done: Purged, between: Callable[[], None]
) -> list[int]:
    """From here on the talks open for nobody. What the statistics keep is counted in the same transaction."""
    gone: list[int] = []
    waiting = list(ids)

    def step() -> int:
        some = waiting[: done.key_batches.size]
        del waiting[: len(some)]
        list(Conversation.objects.select_for_update(of=("self",)).filter(pk__in=some).values_list("pk"))
        # Looked at again under the lock: a child may have come back, or two people held it, a moment ago.
        mine = queries.talks_over(centre, now=now, ids=some)
        ids_of_mine = [kept.id for kept in mine]
        if not mine:
            return 0
        done.talks += sum(clock_of(kept.talk) is Clock.KEPT for kept in mine)
        done.unfinished += sum(clock_of(kept.talk) is Clock.UNFINISHED for kept in mine)
        _count_the_uncounted(ids_of_mine)
        beside.tell_destroyed(ids_of_mine)
        done.keys += vault.destroy_conversation_keys(ids_of_mine)
        for model in KEYS:
            done.keys += model._default_manager.filter(conversation_id__in=ids_of_mine).delete()[0]
        gone.extend(ids_of_mine)
        return len(mine)

    while waiting:
        between()
        done.key_batches.once(step)
    return gone


def _destroy_rows(ids: list[int], done: Purged, between: Callable[[], None]) -> None:
    for table in tables_about_conversations():
        deleted = done.row_batches.until_none(lambda rows, table=table: delete_some(table, ids, rows), between=between)  # type: ignore[misc]
        if table.name == "live_message":
            done.messages += deleted
    # Hints that something changed name the talk as well.
    topics = [f"conversation:{one}" for one in ids]
    done.row_batches.once(lambda: Beacon.objects.filter(topic__in=topics).delete()[0])


def _count_the_uncounted(ids: list[int]) -> None:
    """The anonymous count survives, also of a talk whose record nobody finished."""
    turns = Turn.objects.select_related("service__organisation").filter(pk__in=ids, counted=False)
    records = Record.objects.in_bulk([turn.pk for turn in turns])
    for turn in turns:
        if turn.state == Turn.State.WAITING:
            turn.state = Turn.State.LEFT
        count_turn(turn, record=records.get(turn.pk))


def _keys_left(ids: list[int]) -> int:
    return sum(
        ConversationKeyWrap.objects.filter(pk__in=ids[start : start + AT_ONCE]).count()
        for start in range(0, len(ids), AT_ONCE)
    )
