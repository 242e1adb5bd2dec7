"""The door for apps above: conversations, messages, return codes and the beacons that tell the streams.

Everything that writes does so in the caller's transaction: inside `request.write(…)` in the live process, inside
`transaction.atomic()` in web and worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from havn.live import log, origin, visitors
from havn.live.beacons import bump
from havn.live.conversations import (
    Started,
    destroy_conversations,
    join,
    leave,
    mark_read,
    set_state,
    start_conversation,
    start_without_visitor,
)
from havn.live.http import no_visitor_cookie, set_cookie, visitor_cookie
from havn.live.log import Stored, append, append_event
from havn.live.models import Participant
from havn.live.registry import (
    Brake,
    Kind,
    LiveRoute,
    Topic,
    Viewer,
    check_brakes,
    kind_of,
    register_brake,
    register_kind,
    register_pong,
    register_presence,
    register_refusal_page,
    register_routes,
    register_services_of,
    register_startup,
    register_sweep,
    register_topic,
    register_typing,
)
from havn.live.reserve import NoRoom, check_room_to_start
from havn.live.visitors import (
    Opened,
    Visitor,
    code_unwanted,
    connected_by_pages,
    end_session,
    end_shut_sessions,
    end_visitor_sessions,
    new_session,
    open_with_code,
    visitor_of,
)
from havn.vault import rules as vault


@dataclass(frozen=True, slots=True, repr=False)
class MessageView:
    """A message as one viewer reads it. `read`: the other side has read this far (for the viewer's own messages).

    `number` is its place among what the viewer was given: a visitor's browser is told that one, and never `seq`.
    """

    seq: int
    author: str
    kind: str
    mine: bool
    participant_id: int | None
    name: str
    text: str
    code: str
    values: Mapping[str, Any]
    at_ms: int
    client_id: str
    read: bool
    number: int


def messages(
    *, conversation_id: int, key: bytes, viewer: Viewer, after: int = 0, language: str = "en"
) -> list[MessageView]:
    """What this viewer sees of the log after a place, in order, opened. Events carry their words in `text`."""
    people = {one.pk: one for one in Participant.objects.filter(conversation_id=conversation_id)}
    kind = kind_of(_kind_name(conversation_id))
    # A silent reader's mark is told to nobody.
    other = "counsellor" if viewer.role == "visitor" else "visitor"
    others = [one.read_up_to for one in people.values() if one.role == other]
    read_up_to = max(others, default=0)
    views: list[MessageView] = []
    for entry in log.entries(conversation_id, vault.cipher(key), after=after):
        if not kind.shows(viewer, entry.author, entry.kind, entry.participant_id, entry.code):
            continue
        writer = people.get(entry.participant_id or 0)
        # By the person: who comes back into a conversation takes a new part in it.
        same = writer is not None and viewer.user_id is not None and writer.user_id == viewer.user_id
        mine = entry.author != "system" and (same or entry.participant_id == viewer.participant_id)
        text = entry.text
        if entry.kind == "event":
            text = kind.event_words(entry.code, entry.values, language, viewer.role)
        views.append(
            MessageView(
                entry.seq,
                entry.author,
                entry.kind,
                mine,
                entry.participant_id,
                writer.shown_name if writer else "",
                text,
                entry.code,
                entry.values,
                entry.at_ms,
                entry.client_id,
                mine and entry.seq <= read_up_to,
                len(views) + 1,
            )
        )
    return views


def form_token(cookies: Mapping[str, str]) -> str:
    """The hidden field `form_token` of plain forms, for browsers that tell neither Origin nor Sec-Fetch-Site."""
    return origin.form_token(visitors.token_of(cookies))


def _kind_name(conversation_id: int) -> str:
    from havn.live import sql

    found = sql.rows("SELECT kind FROM live_conversation WHERE id = %s", (conversation_id,))
    return str(found[0][0]) if found else ""


__all__ = [
    "Brake",
    "Kind",
    "LiveRoute",
    "MessageView",
    "NoRoom",
    "Opened",
    "Started",
    "Stored",
    "Topic",
    "Viewer",
    "Visitor",
    "append",
    "append_event",
    "bump",
    "check_brakes",
    "check_room_to_start",
    "code_unwanted",
    "connected_by_pages",
    "destroy_conversations",
    "end_session",
    "end_shut_sessions",
    "end_visitor_sessions",
    "form_token",
    "join",
    "kind_of",
    "leave",
    "mark_read",
    "messages",
    "new_session",
    "no_visitor_cookie",
    "open_with_code",
    "register_brake",
    "register_kind",
    "register_pong",
    "register_presence",
    "register_refusal_page",
    "register_routes",
    "register_services_of",
    "register_startup",
    "register_sweep",
    "register_topic",
    "register_typing",
    "set_cookie",
    "set_state",
    "start_conversation",
    "start_without_visitor",
    "visitor_cookie",
    "visitor_of",
]
