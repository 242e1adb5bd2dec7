"""How answers to a letter go by e-mail, chosen with the letter open."""

from havn.helpline.endpoints.answers import path_in, visitor_at
from havn.live.http import LiveRequest, LiveResponse, reply
from havn.mailbox.actions import wishes


async def choose(request: LiveRequest) -> LiveResponse:
    """`wish` is "whole", "announce" or "nothing"."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    request.live.pace.check(visitor.participant_id)
    wish = fields.get("wish", "")
    await request.write(lambda: wishes.choose(conversation_id=visitor.conversation_id, wish=wish))
    return reply(request, {"wish": wish}, to=path_in(request, "/letter/read"))
