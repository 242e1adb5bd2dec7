"""Coming back with a return code, and not wanting one."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.helpline import letters
from havn.helpline.actions.visits import tell_came_back
from havn.helpline.endpoints.answers import centre_of, page, path_in, visitor_at
from havn.helpline.queries.visits import turn_of
from havn.helpline.rules.turns import WRITTEN, is_written_kind
from havn.live import api as live
from havn.live.http import HttpError, LiveRequest, LiveResponse, reply
from havn.live.visitors import Opened, Visitor


async def come_back(request: LiveRequest) -> LiveResponse:
    """Open a talk with its code. Wrong, expired and never-existing codes get the same words after the same work."""
    await request.slow_down()
    fields = await request.fields()
    typed = fields.get("code", "")
    centre = await centre_of(request)
    opened = await request.read(lambda: live.open_with_code(typed, centre_id=centre.pk))
    if opened is None:
        return await _wrong(request, typed)
    to = await request.write(lambda: _arrive(opened))
    path = path_in(request, to)
    return reply(request, {"to": path}, to=path, cookies=[live.visitor_cookie(opened.token)])


async def unwanted(request: LiveRequest) -> LiveResponse:
    """ "I don't want one": the code is destroyed when the last session of this visit ends."""
    return await _want(request, wanted=False)


async def wanted(request: LiveRequest) -> LiveResponse:
    """The child wants the code after all."""
    return await _want(request, wanted=True)


async def _want(request: LiveRequest, *, wanted: bool) -> LiveResponse:
    await request.fields()
    visitor = await visitor_at(request)
    await request.write(lambda: _mark(visitor, wanted=wanted))
    return reply(request, {"unwanted": not wanted}, to=path_in(request, "/chat/keep"))


def _mark(visitor: Visitor, *, wanted: bool) -> None:
    live.code_unwanted(visitor.conversation_id, not wanted)
    if is_written_kind(visitor.kind) and not wanted:
        letters.code_unwanted(visitor.conversation_id, visitor.centre_id)


def _arrive(opened: Opened) -> str:
    turn = turn_of(opened.visitor.conversation_id)
    if turn is None:
        return "/chat/code?over=1"
    tell_came_back(conversation_id=turn.pk, key=opened.visitor.key)
    if turn.channel in WRITTEN:
        return "/letter/read"
    return {"waiting": "/chat/waiting", "talking": "/chat/talk"}.get(turn.state, "/chat/ended")


async def _wrong(request: LiveRequest, typed: str) -> LiveResponse:
    with override(request.spoken):
        sentence = _("This code opens nothing. Look at it once more: it has five groups of four.")
    if request.wants_json:
        raise HttpError(404, "no-such-code", sentence)
    context = {"error": sentence, "typed": typed[:120]}
    centre = await centre_of(request)
    return await page(request, "helpline/public_code.html", context, centre=centre, path="/chat/code", status=404)
