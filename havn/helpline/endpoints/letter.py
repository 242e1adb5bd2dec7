"""Letters: the first one starts a conversation, further ones join it."""

from django.utils.translation import gettext_noop

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.actions.visits import write_letter_again
from havn.helpline.easy import wishes_easy
from havn.helpline.endpoints.answers import centre_of, page, path_in, sentence_in, visitor_at
from havn.helpline.endpoints.start import begin, plan_for
from havn.helpline.endpoints.texts import words_of
from havn.helpline.pages import context_in_live, letter_context, visit_left_behind
from havn.helpline.rules.turns import is_written_kind
from havn.live import api as live
from havn.live.http import HttpError, LiveRequest, LiveResponse, reply

LONGEST_LETTER = 10_000


async def first(request: LiveRequest) -> LiveResponse:
    """Store a letter, once for each press, and show its code."""
    await request.slow_down()
    words = await words_of(request, LONGEST_LETTER)
    centre, language = await centre_of(request), request.language
    left_behind = visit_left_behind(await request.visitor())
    try:
        if words.error:
            raise words.error
        if left_behind and words.fields.get("place_seen") != "1":
            raise HttpError(
                409, "place", gettext_noop("Your letter is not sent yet. First read what stands above about your chat.")
            )
        plan = await plan_for(request, centre, "letter", words.fields, words.text)
        if plan is None:
            raise HttpError(404, "unknown", "There is no letterbox here.")
        token = await begin(request, plan)
    except (Refused, HttpError) as error:
        if request.wants_json:
            raise
        sentence = sentence_in(request.spoken, error.sentence)
        context = await request.read(
            lambda: context_in_live(
                letter_context, centre=centre, language=language, fields=words.fields, error=sentence
            )
        )
        context["left_behind"] = left_behind
        return await page(
            request, "helpline/public_letter.html", context, centre=centre, path="/letter", status=error.status
        )
    to = path_in(request, "/letter/sent", plan.language)
    return reply(request, {"to": to}, to=to, cookies=[live.visitor_cookie(token)])


async def again(request: LiveRequest) -> LiveResponse:
    """Add to the letter."""
    words = await words_of(request, LONGEST_LETTER)
    try:
        visitor = await visitor_at(request)
        if words.error:
            raise words.error
        if not is_written_kind(visitor.kind):
            raise HttpError(404, "unknown", "This is not a letter.")
        request.live.pace.check(visitor.participant_id)
        await request.write(
            lambda: write_letter_again(visitor=visitor, text=words.text, client_id=words.client_id, now_ms=now_ms())
        )
    except (Refused, HttpError) as error:
        if request.wants_json:
            raise
        context = {
            "error": sentence_in(request.spoken, error.sentence),
            "text": words.text,
            "client_id": words.client_id,
            "easy": wishes_easy(words.fields),
        }
        return await page(
            request,
            "helpline/public_letter_again.html",
            context,
            centre=await centre_of(request),
            path="/letter/again",
            status=error.status,
        )
    to = path_in(request, "/letter/read")
    return reply(request, {"to": to}, to=to)
