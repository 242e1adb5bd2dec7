"""The log: give each message its place, seal it to that place, store it once. The only writer of `live_message`.

Two ways in, one result: `append` stores one message in the caller's transaction; `append_batch` stores what the
writer thread gathered, with one UPDATE that hands out all places and one INSERT for all rows.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from havn.common import clock
from havn.common.errors import Refused
from havn.live import bus, registry, sql
from havn.vault import rules as vault

STILL_OPEN = ("waiting", "open")
ANY_STATE = ("waiting", "open", "ended")
# The key generation of an event that the system stored without holding a key.
IN_CLEAR = 0

_PLACES = """
UPDATE live_conversation SET last_seq = last_seq + %s, last_at_ms = %s
WHERE id IN ({ids}) AND state IN ({states}) RETURNING id, last_seq, key_generation
"""
_COLUMNS = "conversation_id, seq, participant_id, author, kind, client_id, nonce, body, key_generation, at_ms"
_INSERT = f"INSERT INTO live_message ({_COLUMNS}) VALUES "
_ROW = "(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)"
_SEEN_BEFORE = """
SELECT seq, at_ms FROM live_message WHERE conversation_id = %s AND author = %s AND client_id = %s
"""
_AFTER = """
SELECT seq, participant_id, author, kind, client_id, nonce, body, key_generation, at_ms
FROM live_message WHERE conversation_id = %s AND seq > %s ORDER BY seq LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a message stands in the log. `new` is False when a resend found it there already."""

    seq: int
    at_ms: int
    new: bool


@dataclass(slots=True, repr=False)
class Post:
    """A message on its way into the log. `states` are those in which the conversation takes it."""

    conversation_id: int
    participant_id: int | None
    author: str
    kind: str
    client_id: str
    text: str
    cipher: AESGCM | None
    states: tuple[str, ...] = STILL_OPEN


@dataclass(slots=True, repr=False)
class Entry:
    """A message as it was read or just stored, opened."""

    conversation_id: int
    seq: int
    participant_id: int | None
    author: str
    kind: str
    client_id: str
    text: str
    at_ms: int
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def append(
    *,
    conversation_id: int,
    key: bytes | None,
    author: str,
    kind: str,
    text: str,
    participant_id: int | None = None,
    client_id: str | None = None,
    now_ms: int | None = None,
) -> Stored:
    """Store one message in the caller's transaction, once: the same author and client_id again answers its place.

    Raises Refused when the conversation has ended (events and notes are still taken) or is gone.
    Only an event of the system may come without a key (a sweep holds none): its code and values stand in clear.
    """
    if key is None and (author, kind) != ("system", "event"):
        raise ValueError("Only an event of the system is stored without a key.")
    states = STILL_OPEN if kind == "text" else ANY_STATE
    post = Post(
        conversation_id,
        participant_id,
        author,
        kind,
        client_id or str(uuid.uuid4()),
        text,
        None if key is None else vault.cipher(key),
        states,
    )
    return store(post, clock.now_ms() if now_ms is None else now_ms)


def store(post: Post, at_ms: int) -> Stored:
    """Store one message in the caller's transaction, tell its strand of a new text, and the streams on commit."""
    with transaction.atomic():
        at = sql.cursor()
        try:
            stored = append_one(at, post, at_ms)
        finally:
            at.close()
        if stored.new and post.kind == "text":
            _tell_strand(post, stored)
        transaction.on_commit(lambda: bus.publish([f"m {post.conversation_id} {stored.seq}"]))
    return stored


def _tell_strand(post: Post, stored: Stored) -> None:
    if not any(kind.text_stored for kind in registry.kinds.values()):
        return
    found = sql.rows("SELECT kind FROM live_conversation WHERE id = %s", (post.conversation_id,))
    told = registry.kind_of(found[0][0]).text_stored
    if told is not None:
        told(post.conversation_id, post.author, stored.at_ms)


def append_event(
    conversation_id: int, key: bytes | None, code: str, *, participant_id: int | None = None, **values: Any
) -> Stored:
    """Store what happened (taken, transferred, ended …) as a sealed entry of the log; in clear without a key."""
    return append(
        conversation_id=conversation_id,
        key=key,
        author="system",
        kind="event",
        text=event_text(code, values),
        participant_id=participant_id,
    )


def event_text(code: str, values: Mapping[str, Any]) -> str:
    return json.dumps({"code": code, **values}, ensure_ascii=False, separators=(",", ":"))


def append_one(at: sql.Cursor, post: Post, at_ms: int) -> Stored:
    """Store one message; looks for an earlier copy first, under the conversation's lock."""
    if not sql.is_sqlite():
        sql.execute(at, "SELECT 1 FROM live_conversation WHERE id = %s FOR UPDATE", (post.conversation_id,)).fetchall()
    seen = sql.execute(at, _SEEN_BEFORE, (post.conversation_id, post.author, post.client_id)).fetchall()
    if seen:
        return Stored(seen[0][0], seen[0][1], new=False)
    place = _places(at, [post.conversation_id], post.states, 1, at_ms).get(post.conversation_id)
    if place is None:
        raise Refused(_("This conversation has ended."))
    seq, generation = place
    sql.execute(at, _INSERT + _ROW, _row(post, seq, generation, at_ms))
    return Stored(seq, at_ms, new=True)


def append_batch(at: sql.Cursor, posts: Sequence[Post], at_ms: int) -> list[Stored | Refused]:
    """Store many at once, in their order. Raises IntegrityError when one was stored before: then go one by one."""
    results: list[Stored | Refused | None] = [None] * len(posts)
    values: list[Any] = []
    for states, count, places in _grouped(posts):
        given = _places(at, list(places), states, count, at_ms)
        for conversation_id, indexes in places.items():
            place = given.get(conversation_id)
            for offset, index in enumerate(indexes):
                if place is None:
                    results[index] = Refused(_("This conversation has ended."))
                    continue
                seq = place[0] - count + 1 + offset
                values.append(_row(posts[index], seq, place[1], at_ms))
                results[index] = Stored(seq, at_ms, new=True)
    for piece in sql.in_sizes(values):
        statement = _INSERT + ",".join([_ROW] * len(piece))
        try:
            sql.execute(at, statement, [value for row in piece for value in row])
        except Exception as error:
            if type(error).__name__ in {"IntegrityError", "UniqueViolation"}:
                raise IntegrityError("stored before") from error
            raise
    return [result for result in results if result is not None]


def entries(conversation_id: int, cipher: AESGCM, *, after: int = 0, limit: int = 10_000) -> list[Entry]:
    """The log after a place, opened. An entry that does not open stands there as the event "unreadable"."""
    return [_opened(conversation_id, cipher, row) for row in sql.rows(_AFTER, (conversation_id, max(0, after), limit))]


def entry_of(post: Post, stored: Stored) -> Entry:
    """What was just stored, for delivery without reading it back."""
    entry = Entry(
        post.conversation_id,
        stored.seq,
        post.participant_id,
        post.author,
        post.kind,
        post.client_id,
        post.text,
        stored.at_ms,
    )
    return _with_event(entry) if post.kind == "event" else entry


def _grouped(posts: Sequence[Post]) -> list[tuple[tuple[str, ...], int, dict[int, list[int]]]]:
    """(states, how many each, conversation -> indexes): all conversations that need the same statement together.

    A conversation whose messages differ in the states that take them is cut into single steps, in order.
    """
    of: dict[int, list[int]] = {}
    for index, post in enumerate(posts):
        of.setdefault(post.conversation_id, []).append(index)
    together: dict[tuple[tuple[str, ...], int], dict[int, list[int]]] = {}
    after: list[tuple[tuple[str, ...], int, dict[int, list[int]]]] = []
    for conversation_id, indexes in of.items():
        states = posts[indexes[0]].states
        if len(indexes) == 1 or all(posts[index].states == states for index in indexes):
            together.setdefault((states, len(indexes)), {})[conversation_id] = indexes
        else:
            after.extend((posts[index].states, 1, {conversation_id: [index]}) for index in indexes)
    return [(states, count, places) for (states, count), places in together.items()] + after


def _places(
    at: sql.Cursor, ids: list[int], states: tuple[str, ...], count: int, at_ms: int
) -> dict[int, tuple[int, int]]:
    """Hand out `count` places in each conversation: id -> (the last of them, key generation)."""
    wanted = sql.padded(sorted(ids))
    text = _PLACES.format(ids=sql.marks(len(wanted)), states=sql.marks(len(states)))
    found = sql.execute(at, text, (count, at_ms, *wanted, *states)).fetchall()
    return {row[0]: (row[1], row[2]) for row in found}


def _row(post: Post, seq: int, generation: int, at_ms: int) -> tuple[Any, ...]:
    if post.cipher is None:
        return (
            post.conversation_id,
            seq,
            post.participant_id,
            post.author,
            post.kind,
            post.client_id,
            b"",
            post.text.encode(),
            IN_CLEAR,
            at_ms,
        )
    aad = vault.message_aad(post.conversation_id, seq, post.author, post.kind, generation)
    nonce, body = vault.seal(post.cipher, post.text.encode(), aad)
    return (
        post.conversation_id,
        seq,
        post.participant_id,
        post.author,
        post.kind,
        post.client_id,
        nonce,
        body,
        generation,
        at_ms,
    )


def _opened(conversation_id: int, cipher: AESGCM, row: Sequence[Any]) -> Entry:
    seq, participant_id, author, kind, client_id, nonce, body, generation, at_ms = row
    aad = vault.message_aad(conversation_id, seq, author, kind, generation)
    try:
        clear = generation == IN_CLEAR and (author, kind) == ("system", "event")
        text = bytes(body).decode() if clear else vault.open_(cipher, nonce, body, aad).decode()
    except vault.DoesNotOpen:
        return Entry(conversation_id, seq, participant_id, author, "event", client_id, "", at_ms, "unreadable")
    entry = Entry(conversation_id, seq, participant_id, author, kind, client_id, text, at_ms)
    return _with_event(entry) if kind == "event" else entry


def _with_event(entry: Entry) -> Entry:
    try:
        values = json.loads(entry.text)
        entry.code = str(values.pop("code"))
    except (ValueError, KeyError, AttributeError, TypeError):
        entry.code, values = "unreadable", {}
    entry.text, entry.values = "", values
    return entry
