"""What goes down a stream, as bytes. No payload to a visitor holds a staff id, name or mail: only the chosen name.

Messages are put together by hand: it is the hottest line of the process, and four times as fast as a general encoder.
"""

from collections.abc import Callable
from json.encoder import encode_basestring as _quoted
from typing import Any

from havn.live.heads import Head, Person
from havn.live.http import encode
from havn.live.log import Entry
from havn.live.registry import Viewer

PING = b"event: ping\ndata: {}\n\n"
GONE = b"event: gone\ndata: {}\n\n"
SIGNED_OUT = b"event: signed-out\ndata: {}\n\n"
LOCKED = b"event: locked\ndata: {}\n\n"
UNLOCKED = b"event: unlocked\ndata: {}\n\n"
# How soon a browser tries again by itself after a lost line.
RETRY = b"retry: 1000\n\n"


def event(name: str, data: dict[str, Any]) -> bytes:
    """Any event. JSON holds no line ends, so one data line is enough."""
    return b"event: " + name.encode() + b"\ndata: " + encode(data) + b"\n\n"


def for_visitor(entry: Entry, head: Head, viewer: Viewer, language: str, number_of: Callable[[int], int]) -> bytes:
    """A message as the visitor sees it, b"" when they do not. `number_of(seq)`: its place among what they are shown."""
    if not head.kind.shows(viewer, entry.author, entry.kind, entry.participant_id, entry.code):
        return b""
    number = number_of(entry.seq)
    text, code, name, client_id = entry.text, "", "", ""
    if entry.kind == "event":
        text, code = head.kind.event_words(entry.code, entry.values, language, viewer.role), entry.code
    if entry.author == "visitor":
        sender, client_id = "me", entry.client_id
    elif entry.author == "staff":
        sender, name = "them", head.name_of(entry.participant_id)
    else:
        sender = "system"
    return (
        f'id: {number}\nevent: message\ndata: {{"seq":{number},"from":"{sender}","kind":"{entry.kind}",'
        f'"name":{_quoted(name)},"text":{_quoted(text)},"code":{_quoted(code)},"at":{entry.at_ms},'
        f'"client_id":{_quoted(client_id)}}}\n\n'
    ).encode("utf-8", "replace")


def for_staff(entry: Entry, head: Head, viewer: Viewer, language: str) -> bytes:
    """A message as a member of staff sees it, without its `id:` line; b"" when they do not."""
    if not head.kind.shows(viewer, entry.author, entry.kind, entry.participant_id, entry.code):
        return b""
    text, code, values, client_id = entry.text, "", "{}", ""
    if entry.kind == "event":
        text, code = head.kind.event_words(entry.code, entry.values, language, viewer.role), entry.code
        values = encode(dict(entry.values)).decode()
    # By the person: who comes back into a conversation takes a new part in it.
    writer = head.people.get(entry.participant_id or 0)
    mine = entry.author == "staff" and writer is not None and writer.user_id == viewer.user_id
    if mine:
        client_id = entry.client_id
    return (
        f'event: message\ndata: {{"conversation":{entry.conversation_id},"seq":{entry.seq},'
        f'"author":"{entry.author}","mine":{"true" if mine else "false"},'
        f'"participant":{entry.participant_id or "null"},"name":{_quoted(head.name_of(entry.participant_id))},'
        f'"kind":"{entry.kind}","text":{_quoted(text)},"code":{_quoted(code)},"values":{values},'
        f'"at":{entry.at_ms},"client_id":{_quoted(client_id)}}}\n\n'
    ).encode("utf-8", "replace")


def state(head: Head) -> dict[str, Any]:
    """State and company of a conversation for its visitor."""
    names = head.company()
    return {"state": head.state, "names": [person.name for person in names if person.name], "here": bool(names)}


def conversation(head: Head, me: Person, visitor_here: bool) -> dict[str, Any]:
    """A conversation for a member of staff who takes part in it."""
    return {
        "conversation": head.id,
        "service": head.service_id,
        "kind": head.kind.name,
        "state": head.state,
        "seq": head.last_seq,
        "participant": me.id,
        "role": me.role,
        "visitor_here": visitor_here,
        "participants": [
            {
                "participant": person.id,
                "role": person.role,
                "name": person.name,
                "mine": person.id == me.id,
                "read_up_to": person.read_up_to,
            }
            for person in head.people.values()
            if not person.left
        ],
    }
