"""What the child's pages show of a pause, and the mark by which a browser knows of it. For both processes."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havn.common.clock import from_ms
from havn.common.clock import now_ms as clock_ms
from havn.helpline.chats import Closed, Cookie, End
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.limits.models import LiftedPause, Limit
from havn.limits.rules.ladder import HOUR_MS, PAUSE_HOURS, is_paused
from havn.limits.rules.marks import mark_of, until_of
from havn.live.visitors import Visitor
from havn.tenancy.models import Centre

_KEY = hashlib.sha256(b"havn pause 1:" + settings.SECRET_KEY.encode()).digest()
# No mark of ours reaches further: a pause at its longest, rounded up.
_LONGEST_MS = (PAUSE_HOURS[1] + 1) * HOUR_MS
_SENTENCE = gettext_noop("The chat has a break now. You can write a letter any time.")


def gate(cookies: Mapping[str, str], visitor: Visitor | None, centre: Centre, now_ms: int) -> Closed | None:
    """No chat begins from a browser that carries a pause, or whose chat here was just paused."""
    until = _marked_until(cookies, centre.pk, now_ms) or _paused_here(visitor, now_ms)
    return Closed("limits/public_pause.html", _values(until), _SENTENCE) if until is not None else None


def end_of(turn: Turn) -> End | None:
    """The last page of a chat that ended with a pause, while it stands."""
    until = _until(turn.pk, clock_ms())
    if until is None:
        return None
    return End(
        _("We take a break"),
        _("Thank you for trying. You can write us a letter right now: somebody reads it, and answers."),
        "limits/public_ended_pause.html",
        _values(until),
    )


def cookie_for(turn: Turn, cookies: Mapping[str, str]) -> Cookie | None:
    """The mark that this browser keeps while the pause of its chat stands; what holds no longer is taken away."""
    name, now = settings.PAUSE_COOKIE_NAME, clock_ms()
    until = _until(turn.pk, now)
    if until is not None:
        mark = mark_of(until, _KEY)
        return None if cookies.get(name) == mark else Cookie(name, mark, -(-(until - now) // 1000))
    centre_id = turn.service.organisation.centre_id
    return Cookie(name, "", 0) if name in cookies and _marked_until(cookies, centre_id, now) is None else None


def _marked_until(cookies: Mapping[str, str], centre_id: int, now_ms: int) -> int | None:
    mark = cookies.get(settings.PAUSE_COOKIE_NAME, "")
    until = until_of(mark, _KEY) if mark else None
    if until is None or not now_ms < until <= now_ms + _LONGEST_MS:
        return None
    return None if LiftedPause.objects.filter(centre_id=centre_id, until_ms=until).exists() else until


def _paused_here(visitor: Visitor | None, now_ms: int) -> int | None:
    if visitor is None or visitor.kind != "helpline.chat" or visitor.state != "ended":
        return None
    return _until(visitor.conversation_id, now_ms)


def _until(conversation_id: int, now_ms: int) -> int | None:
    limit = Limit.objects.filter(pk=conversation_id).only("step", "paused_until_ms").first()
    if limit is None or not is_paused(step=limit.step, until_ms=limit.paused_until_ms, now_ms=now_ms):
        return None
    return limit.paused_until_ms


def _values(until_ms: int) -> dict[str, Any]:
    return {"until": from_ms(until_ms), "once": fresh_once()}
