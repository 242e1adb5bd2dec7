"""Allowing that a letter is published, and taking it back: with the letter open, or with its code alone."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.helpline.endpoints.answers import centre_of, page, path_in, visitor_at
from havn.helpline.rules.turns import is_written_kind
from havn.letterbox.actions.consent import allow_publishing, take_back
from havn.live.http import HttpError, LiveRequest, LiveResponse, reply

LONGEST_CODE = 120


async def decide(request: LiveRequest) -> LiveResponse:
    """Yes with `publish=1`; anything else takes it back for good."""
    fields = await request.fields()
    visitor = await visitor_at(request)
    if not is_written_kind(visitor.kind):
        raise HttpError(404, "unknown", "This is not a letter.")
    request.live.pace.check(visitor.participant_id)
    yes = fields.get("publish") == "1"
    if yes:
        await request.write(
            lambda: allow_publishing(conversation_id=visitor.conversation_id, code=visitor.code),
        )
    else:
        await request.write(lambda: take_back(centre_id=visitor.centre_id, code=visitor.code))
    return reply(request, {"publish": yes}, to=path_in(request, "/letter/read"))


async def withdraw(request: LiveRequest) -> LiveResponse:
    """Take an answer off the site by the letter's code, also when the letter is gone. Wrong codes: the same words."""
    await request.slow_down()
    fields = await request.fields()
    typed = fields.get("code", "")[:LONGEST_CODE]
    centre = await centre_of(request)
    found = await request.write(lambda: take_back(centre_id=centre.pk, code=typed))
    if found:
        to = path_in(request, "/answers/withdraw?done=1")
        return reply(request, {"withdrawn": True}, to=to)
    with override(request.spoken):
        sentence = _("This code takes nothing off. Look at it once more: it has five groups of four.")
    if request.wants_json:
        raise HttpError(404, "no-such-code", sentence)
    context = {"error": sentence, "typed": typed}
    return await page(
        request, "letterbox/public_withdraw.html", context, centre=centre, path="/answers/withdraw", status=404
    )
