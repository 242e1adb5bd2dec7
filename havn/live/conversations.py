"""Begin, change and destroy conversations, and who takes part in them. Every change tells the streams."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from havn.common.ids import random_id
from havn.live import beacons, reserve, sql, visitors
from havn.live.models import Participant
from havn.vault import api as vault_api
from havn.vault import rules as vault
from havn.vault.models import ConversationKeyWrap

_CONVERSATION = """
INSERT INTO live_conversation
(id, centre_id, service_id, kind, state, key_generation, last_seq, last_at_ms, started_at_ms, ended_at_ms)
VALUES (%s, %s, %s, %s, %s, 1, 0, %s, %s, NULL)
"""
_PARTICIPANT = """
INSERT INTO live_participant (id, conversation_id, role, user_id, shown_name, read_up_to, joined_at_ms, left_at_ms)
VALUES (%s, %s, %s, %s, %s, 0, %s, NULL)
"""
STATES = frozenset({"waiting", "open", "ended"})


@dataclass(frozen=True, repr=False)
class Started:
    """A new conversation. `key`, `code` and `token` exist nowhere else in the clear: hand them on, keep none."""

    conversation_id: int
    participant_id: int
    key: bytes
    code: str
    token: str | None


def start_conversation(
    *,
    centre_id: int,
    service_id: int,
    kind: str,
    now_ms: int,
    state: str = "waiting",
    session: bool = True,
    secret: bytes | None = None,
) -> Started:
    """Make a conversation with its key, return code and (unless `session` is False) the visitor's session.

    `secret` (32 bytes that only this visitor can name) becomes the token, so that the caller finds the session again
    when the same start is asked for twice; a session with it may not exist yet. Raises NoRoom when the disk is nearly
    full, and Refused when the service has no team key yet.
    """
    _check_state(state)
    reserve.check_room_to_start()
    with transaction.atomic(savepoint=False):
        conversation_id, key = _create(centre_id, service_id, kind, state, now_ms)
        participant_id = random_id()
        sql.run(_PARTICIPANT, (participant_id, conversation_id, "visitor", None, "", now_ms))
        code = visitors.make_code(conversation_id, key)
        token = None
        if session:
            token = visitors.new_session(
                conversation_id=conversation_id,
                participant_id=participant_id,
                key=key,
                code=code,
                now_ms=now_ms,
                secret=secret,
            )
    return Started(conversation_id, participant_id, key, code, token)


def start_without_visitor(*, centre_id: int, service_id: int, kind: str, now_ms: int) -> tuple[int, bytes]:
    """Make a conversation that only staff write in, such as the notes of a call: no visitor, no code, no session.

    Returns its id and key, in the caller's transaction. Raises Refused when the service has no team key yet. The disk's
    reserve is not asked: what is written down here has happened already.
    """
    return _create(centre_id, service_id, kind, "waiting", now_ms)


def _create(centre_id: int, service_id: int, kind: str, state: str, now_ms: int) -> tuple[int, bytes]:
    team = vault_api.current_team_key(service_id)
    key, conversation_id = vault.new_key(), random_id()
    sql.run(_CONVERSATION, (conversation_id, centre_id, service_id, kind, state, now_ms, now_ms))
    wrapped = vault_api.seal_conversation_key(key, team)
    ConversationKeyWrap.objects.create(conversation_id=conversation_id, team_key_id=team.id, wrapped=wrapped)
    return conversation_id, key


def set_state(*, conversation_id: int, state: str, now_ms: int) -> None:
    """Move a conversation to waiting, open or ended. Which move is allowed its strand decides."""
    _check_state(state)
    ended = now_ms if state == "ended" else None
    with transaction.atomic():
        sql.run(
            "UPDATE live_conversation SET state = %s, ended_at_ms = %s WHERE id = %s", (state, ended, conversation_id)
        )
        beacons.bump(f"conversation:{conversation_id}")


def join(*, conversation_id: int, user_id: int, role: str, shown_name: str, now_ms: int) -> Participant:
    """Let a member of staff take part; who takes part already keeps their row, with the new role and name."""
    with transaction.atomic():
        present = Participant.objects.filter(conversation_id=conversation_id, user_id=user_id, left_at_ms=None)
        one = present.select_for_update().first()
        if one is None:
            one = Participant.objects.create(
                conversation_id=conversation_id, user_id=user_id, role=role, shown_name=shown_name, joined_at_ms=now_ms
            )
        elif (one.role, one.shown_name) != (role, shown_name):
            one.role, one.shown_name = role, shown_name
            one.save(update_fields=["role", "shown_name"])
        beacons.bump(f"conversation:{conversation_id}", f"staff:{user_id}")
    return one


def leave(*, conversation_id: int, user_id: int, now_ms: int) -> None:
    """End a member's part; their streams stop carrying it. Nothing happens when they take no part."""
    with transaction.atomic():
        Participant.objects.filter(conversation_id=conversation_id, user_id=user_id, left_at_ms=None).update(
            left_at_ms=now_ms
        )
        beacons.bump(f"conversation:{conversation_id}", f"staff:{user_id}")


def mark_read(*, participant_id: int, up_to: int) -> None:
    """Move a participant's mark forward, never past the end of the log and never back."""
    with transaction.atomic():
        found = sql.rows(
            "SELECT p.conversation_id, c.last_seq FROM live_participant p"
            " JOIN live_conversation c ON c.id = p.conversation_id WHERE p.id = %s",
            (participant_id,),
        )
        if not found:
            return
        conversation_id, last_seq = found[0]
        wanted = min(up_to, last_seq)
        moved = sql.run(
            "UPDATE live_participant SET read_up_to = %s WHERE id = %s AND read_up_to < %s",
            (wanted, participant_id, wanted),
        )
        if moved:
            beacons.bump(f"conversation:{conversation_id}")


def destroy_conversations(ids: Sequence[int]) -> None:
    """Destroy logs, codes, sessions, participants and the keys that open them. Streams on them end.

    The strand's own rows about them must be gone, or go in the same transaction.
    """
    with transaction.atomic():
        for piece in sql.in_sizes(list(ids), 128):
            marks = sql.marks(len(piece))
            for table in ("live_message", "live_returncode", "live_visitorsession", "live_participant"):
                sql.run(f"DELETE FROM {table} WHERE conversation_id IN ({marks})", piece)
            sql.run(f"DELETE FROM live_conversation WHERE id IN ({marks})", piece)
        vault_api.destroy_conversation_keys(list(ids))
        beacons.bump(*(f"conversation:{one}" for one in ids))


def _check_state(state: str) -> None:
    if state not in STATES:
        raise ValueError(f"{state} is not a state of a conversation.")
