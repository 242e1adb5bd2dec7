"""Starting a chat: conversation, keys, code, session, turn and queue in one transaction, once for each press."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError

from havn.centres.api import opening, staffing_of
from havn.common.clock import from_ms, now_ms
from havn.common.errors import Refused
from havn.common.recent import Recent
from havn.helpline import chats, letters
from havn.helpline.actions.counting import count_refusal
from havn.helpline.actions.visits import start_visit
from havn.helpline.easy import in_easy_words
from havn.helpline.endpoints.answers import centre_of, page, path_in, sentence_in
from havn.helpline.endpoints.presses import Presses
from havn.helpline.forms_public import StartWish, is_once, read_start
from havn.helpline.pages import context_in_live, start_context, start_url
from havn.helpline.queries.visits import Door, door_for
from havn.helpline.rules.visits import language_for
from havn.live import api as live
from havn.live.http import LiveRequest, LiveResponse, reply
from havn.tenancy.models import Centre

_doors: Recent[Door | None] = Recent()
_presses = Presses()
_KEY = hashlib.sha256(b"havn start 1:" + settings.SECRET_KEY.encode()).digest()


@dataclass(frozen=True, repr=False)
class Plan:
    """A start that may go ahead, and the secret that its press will always lead to."""

    centre: Centre
    service_id: int
    channel: str
    language: str
    wish: StartWish
    secret: bytes
    letter: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


async def start(request: LiveRequest) -> LiveResponse:
    """Begin a chat and lead to the waiting room. Closed: the start page says what else there is."""
    await request.slow_down()
    fields = await request.fields()
    centre, language = await centre_of(request), request.language
    resting = await _kept_out(request, centre, fields)
    if resting is not None:
        return resting
    plan = await plan_for(request, centre, "chat", fields)
    if plan is None:
        return await _closed(request, centre, fields)
    if wishes_another_language(plan, fields) and not request.wants_json:
        context = await request.read(
            lambda: context_in_live(start_context, centre=centre, language=language, fields=fields)
        )
        if context["door"] == "full":
            return await page(request, "helpline/public_start.html", context, centre=centre, path="/chat", status=200)
    try:
        token = await begin(request, plan)
    except Refused as refused:
        if request.wants_json:
            raise
        error = sentence_in(request.spoken, refused.sentence)
        context = await request.read(
            lambda: context_in_live(start_context, centre=centre, language=language, fields=fields, error=error)
        )
        return await page(
            request, "helpline/public_start.html", context, centre=centre, path="/chat", status=refused.status
        )
    to = path_in(request, "/chat/waiting", plan.language)
    return reply(request, {"to": to}, to=to, cookies=[live.visitor_cookie(token)])


async def _kept_out(request: LiveRequest, centre: Centre, fields: Mapping[str, str]) -> LiveResponse | None:
    """The page of a browser from which no chat begins now; None where one may. Danger opens every door.

    A browser without any cookie has neither a mark nor a visit: nothing is asked of the database for it.
    """
    if read_start(fields).in_danger or not request.cookies:
        return None
    visitor, cookies, language = await request.visitor(), dict(request.cookies), request.language
    closed = await request.read(lambda: chats.closed_for(cookies, visitor, centre, now_ms()))
    if closed is None:
        return None
    if request.wants_json:
        raise Refused(closed.sentence)
    context = await request.read(
        lambda: context_in_live(start_context, centre=centre, language=language, fields=fields)
    )
    context |= {"closed": closed.values}
    return await page(request, closed.template, context, centre=centre, path="/chat", status=409)


def wishes_another_language(plan: Plan, fields: Mapping[str, str]) -> bool:
    """Whether "full" was decided for another language than the chosen one.

    A form that was shown again as full carries the chosen one: pressing "Wait in line" there is never refused.
    """
    return fields.get("decided", "") not in ("", plan.language)


async def _closed(request: LiveRequest, centre: Centre, fields: Mapping[str, str]) -> LiveResponse:
    """Back to the page that says when it opens, of the same service. The press was an attempt, and is counted once."""
    wish = read_start(fields)
    if _is_an_attempt(fields.get("once", "")):
        try:
            await request.write(lambda: _count_closed(centre, wish, request.language))
        except Exception:
            _presses.forget(secret_of(wish.once))
            raise
    to = await request.read(lambda: in_easy_words(start_url(centre, wish.service), wish.easy))
    return reply(request, {"closed": True}, to=path_in(request, to))


def _is_an_attempt(once: str) -> bool:
    """Whether this press of our own form is new. Nothing is counted on a disk that takes no new conversations."""
    try:
        live.check_room_to_start()
    except live.NoRoom:
        return False
    return is_once(once) and _presses.is_first(secret_of(once), now_ms())


def _count_closed(centre: Centre, wish: StartWish, page_language: str) -> None:
    door = door_for(centre, "chat", wish.service)
    if door is None:
        return
    spoken = language_for(wish.language, [code for code, _name in door.languages], page_language)
    count_refusal(service=door.service, channel="chat", language=spoken, result="closed", now_ms=now_ms())


async def plan_for(
    request: LiveRequest, centre: Centre, channel: str, fields: Mapping[str, str], letter: str = ""
) -> Plan | None:
    """What will be started, or None when nothing admits by this channel now. Reads only."""
    wish = read_start(fields)
    key = (centre.pk, channel, wish.service)
    door = _doors.known(key) or await request.read(
        lambda: _doors.read(key, lambda: open_door(centre, channel, wish.service))
    )
    if door is None:
        return None
    spoken = language_for(wish.language, [code for code, _name in door.languages], request.language)
    return Plan(centre, door.service.pk, channel, spoken, wish, secret_of(wish.once), letter, fields)


def open_door(centre: Centre, channel: str, slug: str) -> Door | None:
    """The door that somebody may go in by now, or None."""
    door = door_for(centre, channel, slug)
    if door is None or channel != "chat":
        return door
    moment = from_ms(now_ms())
    return door if opening(door.service, channel, moment, staffing_of(door.service.pk, moment)).admits else None


async def begin(request: LiveRequest, plan: Plan) -> str:
    """Start what is planned, or find what the same press has started already. Returns the visitor's token."""
    try:
        return await request.write(lambda: _begin(plan))
    except IntegrityError:
        # The same press reached two processes at the same moment: the other one was first.
        return await request.write(lambda: _begin(plan))


def secret_of(once: str) -> bytes:
    """The session's secret for one press of the button: only the page that was pressed can name it."""
    return hmac.new(_KEY, once.encode(), hashlib.sha256).digest()


def _begin(plan: Plan) -> str:
    token = base64.urlsafe_b64encode(plan.secret).rstrip(b"=").decode()
    if live.visitor_of({settings.VISITOR_COOKIE_NAME: token}):
        return token
    started = start_visit(
        centre_id=plan.centre.pk,
        service_id=plan.service_id,
        channel=plan.channel,
        language=plan.language,
        now_ms=now_ms(),
        secret=plan.secret,
        name=plan.wish.name,
        age_band=plan.wish.age_band,
        in_danger=plan.wish.in_danger,
        easy_read=plan.wish.easy,
        emergency_number=plan.centre.emergency_number,
        letter=plan.letter,
    )
    if plan.channel == "letter":
        letters.started(started, plan.fields)
    elif plan.channel == "chat":
        chats.started(started, plan.fields)
    assert started.token is not None
    return started.token
