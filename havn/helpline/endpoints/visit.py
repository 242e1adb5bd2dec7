"""What a visitor posts during and after a talk."""

from collections.abc import Mapping, Sequence

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline import chats
from havn.helpline.actions import visits
from havn.helpline.easy import wishes_easy
from havn.helpline.endpoints.answers import centre_of, page, path_in, sentence_in, visitor_at
from havn.helpline.endpoints.texts import Words, words_of
from havn.helpline.queries.visits import turn_of
from havn.live import api as live
from havn.live.http import HttpError, LiveRequest, LiveResponse, reply
from havn.live.registry import Viewer, kind_of
from havn.live.visitors import Visitor


async def write(request: LiveRequest) -> LiveResponse:
    """A message from the page without script. What cannot be stored comes back with every word of it."""
    words = await words_of(request)
    try:
        visitor = await visitor_at(request)
        if words.error:
            raise words.error
        request.live.pace.check(visitor.participant_id)
        await request.write(lambda: _store(visitor, words.text, words.client_id))
    except (Refused, HttpError) as error:
        return await _again(request, error, words)
    to = path_in(request, "/chat/talk")
    return reply(request, {"to": to}, to=to)


async def danger(request: LiveRequest) -> LiveResponse:
    """ "I'm in danger now", or not any more."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    on = fields.get("on") == "1"
    if not on:
        # Saying it is never refused; saying it and taking it back without end fills the talk.
        request.live.pace.check(visitor.participant_id)
    await request.write(lambda: visits.say_danger(conversation_id=visitor.conversation_id, key=visitor.key, on=on))
    return reply(request, {"on": on}, to=path_in(request, "/chat/danger"))


async def easy(request: LiveRequest) -> LiveResponse:
    """Easy words from now on, or all the words again."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    on = fields.get("on") == "1"
    request.live.pace.check(visitor.participant_id)
    await request.write(lambda: visits.ask_for_easy_words(conversation_id=visitor.conversation_id, on=on))
    return reply(request, {"on": on}, to=path_in(request, "/chat/waiting"))


async def leave(request: LiveRequest) -> LiveResponse:
    """Leave the line."""
    return await end(request)


async def end(request: LiveRequest) -> LiveResponse:
    """End the talk, or leave the line: whichever it is by now."""
    await request.fields()
    visitor = await visitor_at(request)
    await request.write(
        lambda: visits.end_visit(conversation_id=visitor.conversation_id, key=visitor.key, now_ms=now_ms())
    )
    return reply(request, {"ended": True}, to=path_in(request, "/chat/ended"))


async def again(request: LiveRequest) -> LiveResponse:
    """Get in line again with the same talk. Where something was said, only who came with the code may."""
    await request.fields()
    visitor = await visitor_at(request)
    request.live.pace.check(visitor.participant_id)
    await request.write(lambda: visits.ask_again_from(visitor=visitor, now_ms=now_ms()))
    return reply(request, {"again": True}, to=path_in(request, "/chat/waiting"))


async def feedback(request: LiveRequest) -> LiveResponse:
    """How it was, in one tap."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    value = int(fields["value"]) if fields.get("value", "") in {"1", "2", "3"} else 0
    await request.write(
        lambda: visits.answer_how_it_was(conversation_id=visitor.conversation_id, value=value, now_ms=now_ms())
    )
    return reply(request, {"thanks": True}, to=path_in(request, "/chat/ended?thanks=1"))


async def delete(request: LiveRequest) -> LiveResponse:
    """Destroy the talk now."""
    await request.fields()
    visitor = await visitor_at(request)
    await request.write(
        lambda: visits.delete_talk(conversation_id=visitor.conversation_id, key=visitor.key, now_ms=now_ms())
    )
    to = path_in(request, "/chat/deleted")
    return reply(request, {"deleted": True}, to=to, cookies=[live.no_visitor_cookie()])


async def marks(request: LiveRequest) -> LiveResponse:
    """The talk has ended here: give the browser what it keeps of that, if anything."""
    await request.fields()
    visitor = await visitor_at(request)
    cookies = dict(request.cookies)
    found = await request.read(lambda: _cookies(visitor.conversation_id, cookies))
    kept = [live.set_cookie(one.name, one.value, max_age=one.seconds) for one in found]
    return reply(request, {"kept": len(kept)}, to=path_in(request, "/chat/ended"), cookies=kept)


def _cookies(conversation_id: int, cookies: Mapping[str, str]) -> Sequence[chats.Cookie]:
    turn = turn_of(conversation_id)
    return chats.cookies_of(turn, cookies) if turn is not None else ()


async def done(request: LiveRequest) -> LiveResponse:
    """Close the visit on this device. An unwanted code is destroyed with it."""
    await request.fields()
    visitor = await visitor_at(request)
    await request.write(lambda: live.end_session(visitor))
    return reply(request, {"done": True}, to=path_in(request, "/chat/done"), cookies=[live.no_visitor_cookie()])


def _store(visitor: Visitor, text: str, client_id: str) -> None:
    viewer = Viewer(visitor.participant_id, "visitor")
    kind_of(visitor.kind).may_post(viewer, "text", visitor.state)
    stored = live.append(
        conversation_id=visitor.conversation_id,
        key=visitor.key,
        author="visitor",
        kind="text",
        text=text,
        participant_id=visitor.participant_id,
        client_id=client_id,
    )
    if stored.new:
        live.check_brakes(visitor.conversation_id, stored.seq, stored.at_ms)


async def _again(request: LiveRequest, error: Refused | HttpError, words: Words) -> LiveResponse:
    if request.wants_json:
        raise error
    context = {
        "error": sentence_in(request.spoken, error.sentence),
        "text": words.text,
        "client_id": words.client_id,
        "easy": wishes_easy(words.fields),
    }
    return await page(
        request,
        "helpline/public_write.html",
        context,
        centre=await centre_of(request),
        path="/chat/write",
        status=error.status,
    )
