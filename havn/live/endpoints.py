"""The addresses of visitors and staff under /live/: messages, marks, typing, streams. README.md is their contract."""

import hashlib
import re
import uuid
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from havn.common import clock
from havn.common.errors import NotAllowed, Refused
from havn.live import conversations, heads, log
from havn.live.heads import Head, Person
from havn.live.http import (
    JSON_TYPE,
    NO_STORE,
    HttpError,
    LiveRequest,
    LiveResponse,
    encode,
    no_content,
    no_session,
    reply,
    unreadable,
    whole_number,
)
from havn.live.log import ANY_STATE, Post, Stored
from havn.live.places import Places, places_in
from havn.live.registry import Kind, LiveRoute, Viewer, braked, check_brakes, kind_of
from havn.live.seats import Seat
from havn.live.staff_stream import StaffStream, cursor_of
from havn.live.texts import is_empty
from havn.live.visitor_stream import VisitorStream
from havn.live.visitors import Visitor
from havn.vault import rules as vault

_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,36}").fullmatch


async def here(request: LiveRequest) -> LiveResponse:
    """Whether the visitor's session lives, and a name of the talk, by which tabs of one talk know each other."""
    visitor = await _visitor(request)
    name = hashlib.blake2b(visitor.key, person=b"havn tab name", digest_size=8).hexdigest()
    return LiveResponse(200, encode({"talk": name}), [NO_STORE, JSON_TYPE])


async def desk_here(request: LiveRequest) -> LiveResponse:
    """Whether the member of staff is signed in, and a name of the session."""
    seat = await _seat(request)
    return LiveResponse(200, encode({"talk": seat.session[:16]}), [NO_STORE, JSON_TYPE])


async def message(request: LiveRequest) -> LiveResponse:
    """Store what a visitor wrote."""
    visitor = await _visitor(request)
    fields = await request.fields()
    text, client_id = _text(fields), _client_id(fields)
    request.live.pace.check(visitor.participant_id)
    states = _states(visitor.kind, "visitor", "text")
    post = Post(
        visitor.conversation_id, visitor.participant_id, "visitor", "text", client_id, text, visitor.cipher, states
    )
    stored = await _store(request, post, kind_of(visitor.kind), Viewer(visitor.participant_id, "visitor"))
    number = await _number_of(request, visitor, stored.seq)
    return _stored(request, Stored(number, stored.at_ms, stored.new), "/chat/talk")


async def read(request: LiveRequest) -> LiveResponse:
    """Move the visitor's mark forward."""
    visitor = await _visitor(request)
    up_to = whole_number(await request.fields(), "up_to")
    seq = await _seq_of(request, visitor, up_to)
    await request.write(lambda: conversations.mark_read(participant_id=visitor.participant_id, up_to=seq))
    return reply(request, {"up_to": up_to}, to="/chat/talk")


async def typing(request: LiveRequest) -> LiveResponse:
    """Pass on that the visitor is writing; nothing is stored."""
    visitor = await _visitor(request)
    await request.fields()
    request.live.telling.typing(visitor.conversation_id, visitor.participant_id)
    request.live.visitor_writes(visitor.conversation_id)
    return no_content()


async def stream(request: LiveRequest) -> VisitorStream:
    """The visitor's event stream."""
    visitor = await _visitor(request)
    return VisitorStream(request.live, visitor, _place(request), request.spoken)


async def desk_stream(request: LiveRequest) -> StaffStream:
    """The stream of a member of staff."""
    seat = await _seat(request)
    cursor = request.header("last-event-id") or request.query.get("after", "")
    return StaffStream(request.live, seat, cursor_of(cursor), request.language)


async def desk_topics(request: LiveRequest) -> StaffStream:
    """The same without conversations, for a page that follows the topics: it holds nobody's words and is no desk."""
    return StaffStream(request.live, await _seat(request), {}, request.language, with_talks=False)


async def desk_message(request: LiveRequest) -> LiveResponse:
    """Store a reply or a note of a member of staff who takes part."""
    fields = await request.fields()
    seat, head, me = await _part(request, fields)
    kind = fields.get("kind") or "text"
    if kind not in {"text", "note"}:
        raise unreadable()
    text, client_id = _text(fields), _client_id(fields)
    states = _states(head.kind.name, me.role, kind)
    request.live.pace.check(me.id)
    cipher = request.live.cipher_of(seat, head.id)
    if cipher is None:
        cipher = vault.cipher(await request.read(lambda: seat.keyring.conversation_key(head.id)))
    post = Post(head.id, me.id, "staff", kind, client_id, text, cipher, states)
    stored = await _store(request, post, head.kind, Viewer(me.id, me.role, seat.user_id))
    request.live.active(seat)
    return _stored(request, stored, "/desk")


async def desk_read(request: LiveRequest) -> LiveResponse:
    """Move the mark of a member of staff forward."""
    fields = await request.fields()
    _seat_of, _head, me = await _part(request, fields)
    up_to = whole_number(fields, "up_to")
    await request.write(lambda: conversations.mark_read(participant_id=me.id, up_to=up_to))
    return reply(request, {"up_to": up_to}, to="/desk")


async def desk_typing(request: LiveRequest) -> LiveResponse:
    """Pass on that a counsellor is writing. A silent reader's typing is not told to the visitor."""
    fields = await request.fields()
    seat, head, me = await _part(request, fields)
    request.live.active(seat)
    request.live.telling.typing(head.id, me.id)
    return no_content()


async def desk_pong(request: LiveRequest) -> LiveResponse:
    """The desk answers a ping: the person's duty lives on."""
    seat = await _seat(request)
    await request.fields()
    request.live.pong(seat.user_id)
    return no_content()


async def _store(request: LiveRequest, post: Post, kind: Kind, viewer: Viewer) -> Stored:
    """With all that gathered meanwhile; where the strand has a word in it, in a step of its own."""
    slower = viewer.role == "visitor" and braked(post.conversation_id)
    if not kind.one_at_a_time and not slower:
        return await request.live.writer.append(post)

    def store() -> Stored:
        if kind.may_post_here is not None:
            kind.may_post_here(viewer, post.kind, post.conversation_id)
        stored = log.store(post, clock.now_ms())
        if slower and stored.new:
            check_brakes(post.conversation_id, stored.seq, stored.at_ms)
        return stored

    return await request.write(store)


def _stored(request: LiveRequest, stored: Stored, to: str) -> LiveResponse:
    if not request.wants_json:
        return reply(request, {}, to=to)
    body = f'{{"seq":{stored.seq},"at":{stored.at_ms},"new":{"true" if stored.new else "false"}}}'
    return LiveResponse(200, body.encode(), [NO_STORE, JSON_TYPE])


async def _visitor(request: LiveRequest) -> Visitor:
    visitor = await request.visitor()
    if visitor is None:
        raise no_session()
    return visitor


async def _seat(request: LiveRequest) -> Seat:
    seat = await request.live.seats.of(request.cookies)
    if seat is None:
        raise HttpError(401, "no-session", _("You are signed out. Please sign in again."))
    return seat


async def _part(request: LiveRequest, fields: dict[str, str]) -> tuple[Seat, Head, Person]:
    """The seat, the conversation and the part they take in it now. Raises when locked or not taking part."""
    seat = await _seat(request)
    conversation_id = whole_number(fields, "conversation")
    if seat.locked:
        raise Refused(_("Your desk is locked. Open it with your password first."))
    channel = request.live.channels.open.get(conversation_id)
    head = channel.head if channel is not None else None
    me = head.person_of(seat.user_id) if head else None
    if head is None or me is None:
        # Not known here, or just joined: the database knows.
        head = (await request.read(lambda: heads.load([conversation_id]))).get(conversation_id)
        me = head.person_of(seat.user_id) if head else None
    if head is None or me is None:
        raise NotAllowed(_("You take no part in this conversation."))
    return seat, head, me


async def _number_of(request: LiveRequest, visitor: Visitor, seq: int) -> int:
    """What the visitor knows their message at `seq` by: from their stream here, else from the log."""
    for open_stream in request.live.visitor_streams(visitor.conversation_id):
        if (number := open_stream.number_of(seq)) is not None:
            return number
    return (await _places(request, visitor)).up_to(seq)


async def _seq_of(request: LiveRequest, visitor: Visitor, number: int) -> int:
    """Of what a stream has shown, where there is one: a number that was made up opens no log."""
    streams = request.live.visitor_streams(visitor.conversation_id)
    shown = [seq for stream in streams if (seq := stream.seq_of(number)) is not None]
    return max(shown) if shown else (await _places(request, visitor)).seq(number)


async def _places(request: LiveRequest, visitor: Visitor) -> Places:
    kind, viewer = kind_of(visitor.kind), Viewer(visitor.participant_id, "visitor")
    return await request.read(lambda: places_in(visitor.conversation_id, visitor.cipher, kind, viewer))


def _text(fields: dict[str, str]) -> str:
    text = fields.get("text")
    if text is None:
        raise unreadable()
    if is_empty(text):
        raise HttpError(422, "empty", _("There is nothing to send yet."))
    return text


def _client_id(fields: dict[str, str]) -> str:
    given = fields.get("client_id")
    if not given:
        return str(uuid.uuid4())
    if not _CLIENT_ID(given):
        raise unreadable()
    return given


@lru_cache(256)
def _allowed(kind: str, role: str, message_kind: str) -> tuple[tuple[str, ...], Refused | None]:
    """The states in which a role may post, and what it is told otherwise: asked of the strand once."""
    allowed, told = [], None
    for state in ANY_STATE:
        try:
            kind_of(kind).may_post(Viewer(0, role), message_kind, state)
        except Refused as refused:
            told = refused
        else:
            allowed.append(state)
    return tuple(allowed), told


def _states(kind: str, role: str, message_kind: str) -> tuple[str, ...]:
    states, told = _allowed(kind, role, message_kind)
    if not states:
        raise told or NotAllowed(_("You can't write that here."))
    return states


def _place(request: LiveRequest) -> int:
    """The seq to go on after. What cannot be one counts as none: the whole log is never wrong."""
    text = request.header("last-event-id") or request.query.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


ROUTES = [
    LiveRoute("/live/stream", ("GET",), stream, "visitor"),
    LiveRoute("/live/here", ("GET",), here, "visitor"),
    LiveRoute("/live/message", ("POST",), message, "visitor"),
    LiveRoute("/live/read", ("POST",), read, "visitor"),
    LiveRoute("/live/typing", ("POST",), typing, "visitor"),
    LiveRoute("/live/desk/stream", ("GET",), desk_stream, "staff"),
    LiveRoute("/live/desk/topics", ("GET",), desk_topics, "staff"),
    LiveRoute("/live/desk/here", ("GET",), desk_here, "staff"),
    LiveRoute("/live/desk/message", ("POST",), desk_message, "staff"),
    LiveRoute("/live/desk/read", ("POST",), desk_read, "staff"),
    LiveRoute("/live/desk/typing", ("POST",), desk_typing, "staff"),
    LiveRoute("/live/desk/pong", ("POST",), desk_pong, "staff"),
]
