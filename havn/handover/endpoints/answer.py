"""A child's yes or no to passing something on."""

from havn.common.clock import now_ms
from havn.handover.actions.answering import answer
from havn.helpline.endpoints.answers import path_in, visitor_at
from havn.helpline.queries.visits import turn_of
from havn.helpline.rules.turns import OPEN, WRITTEN
from havn.live.http import HttpError, LiveRequest, LiveResponse, reply
from havn.live.visitors import Visitor


async def decide(request: LiveRequest) -> LiveResponse:
    """Yes with `yes=1`, anything else is a no. The same press twice is one answer; a shut browser says no more yes."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    handover, yes = _number(fields.get("handover", "")), fields.get("yes") == "1"
    if yes and visitor.is_shut:
        raise HttpError(409, "refused", "This talk has ended.")
    if yes:
        # A no is never slowed down.
        request.live.pace.check(visitor.participant_id)
    language = request.language
    await request.write(
        lambda: answer(
            conversation_id=visitor.conversation_id,
            handover_id=handover,
            yes=yes,
            key=visitor.key,
            language=language,
            now_ms=now_ms(),
        )
    )
    back = await request.read(lambda: _page_of(visitor))
    return reply(request, {"yes": yes}, to=path_in(request, back))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 16 else 0


def _page_of(visitor: Visitor) -> str:
    """The page on which the question stands now."""
    turn = turn_of(visitor.conversation_id)
    if turn is not None and turn.channel in WRITTEN:
        return "/letter/read"
    return "/chat/talk" if turn is None or turn.state in OPEN else "/chat/ended"
