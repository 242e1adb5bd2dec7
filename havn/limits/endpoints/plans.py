"""The code of a plan, shown once; reading the plan with it; deleting it for good. All of it works without script."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from havn.common.errors import Refused
from havn.helpline.endpoints.answers import centre_of, page, path_in, sentence_in, visitor_at
from havn.helpline.retention.api import BACKUP_DAYS
from havn.limits.actions.plans import delete_plan, make_code, read_by_child, wrong_code
from havn.limits.queries.plans import found_by_code
from havn.live.http import JSON_TYPE, NO_STORE, HttpError, LiveRequest, LiveResponse, encode

LONGEST_CODE = 120


async def show_code(request: LiveRequest) -> LiveResponse:
    """A fresh code of the plan beside this talk, in the answer to the press and nowhere else."""
    await request.fields()
    visitor = await visitor_at(request)
    if visitor.is_shut:
        raise HttpError(409, "refused", "This talk has ended.")
    request.live.pace.check(visitor.participant_id)
    try:
        code = await request.write(lambda: make_code(conversation_id=visitor.conversation_id, talk_key=visitor.key))
    except Refused as refused:
        if request.wants_json:
            raise
        error = sentence_in(request.spoken, refused.sentence)
        context: dict[str, Any] = {"error": error, "there": False, "back_url": _back(request, visitor.kind)}
        return await _page(request, "limits/public_plan.html", context, "/chat/plan", 409)
    if request.wants_json:
        return _told({"code": code})
    context = {"code_groups": code.split("-"), "back_url": _back(request, visitor.kind)}
    return await _page(request, "limits/public_plan_code.html", context, "/chat/plan", 200)


async def read(request: LiveRequest) -> LiveResponse:
    """What is written down with the child, for whoever holds the code."""
    typed = await _typed(request)
    centre = await centre_of(request)
    if await request.read(lambda: found_by_code(typed, centre.pk)) is None:
        return await _wrong(request, typed)
    found = await request.write(lambda: read_by_child(centre_id=centre.pk, code=typed))
    if found is None:
        return await _wrong(request, typed)
    if request.wants_json:
        return _told({"words": found.plan.for_child, "talks_a_week": found.plan.talks_a_week or 0})
    context = {"typed": typed, "plan": found.plan, "backup_days": BACKUP_DAYS}
    return await _page(request, "limits/public_plan_read.html", context, "/plan", 200)


async def delete(request: LiveRequest) -> LiveResponse:
    """Destroy the plan of this code for good."""
    typed = await _typed(request)
    centre = await centre_of(request)
    if await request.read(lambda: found_by_code(typed, centre.pk)) is None:
        return await _wrong(request, typed)
    if not await request.write(lambda: delete_plan(centre_id=centre.pk, code=typed)):
        return await _wrong(request, typed)
    if request.wants_json:
        return _told({"deleted": True})
    return await _page(request, "limits/public_plan_gone.html", {"backup_days": BACKUP_DAYS}, "/plan", 200)


def _told(data: Mapping[str, Any]) -> LiveResponse:
    return LiveResponse(200, encode(data), [NO_STORE, JSON_TYPE])


def _back(request: LiveRequest, kind: str) -> str:
    return path_in(request, "/chat/talk" if kind == "helpline.chat" else "/letter/read")


async def _typed(request: LiveRequest) -> str:
    await request.slow_down()
    return (await request.fields()).get("code", "")[:LONGEST_CODE]


async def _wrong(request: LiveRequest, typed: str) -> LiveResponse:
    with override(request.spoken):
        sentence = wrong_code()
    if request.wants_json:
        raise HttpError(404, "no-such-code", sentence)
    return await _page(request, "limits/public_plan_open.html", {"error": sentence, "typed": typed}, "/plan", 404)


async def _page(
    request: LiveRequest, template: str, context: Mapping[str, Any], path: str, status: int
) -> LiveResponse:
    return await page(request, template, context, centre=await centre_of(request), path=path, status=status)
