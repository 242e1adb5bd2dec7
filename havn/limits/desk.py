"""What the limits and care plans show on the desk, the wall and "What goes when"."""

from typing import Any

from havn.accounts.api import has_role
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import Refused
from havn.helpline.models import Turn
from havn.helpline.parts import Screen
from havn.helpline.retention.queries import today_in
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.sealing import open_text
from havn.limits import words
from havn.limits.actions.ladder import WORD
from havn.limits.models import Limit
from havn.limits.queries.ladder import asked_at, limit_of, nobody_else_leads, paused_at, standing_of
from havn.limits.queries.plans import plan_beside, plans_at
from havn.limits.queries.settings import settings_of
from havn.limits.rules.coding import SHORT
from havn.limits.rules.ladder import Step, needs_approval, next_step, why_not
from havn.live.api import MessageView
from havn.live.models import Message
from havn.vault.rules import DoesNotOpen


def lines(screen: Screen) -> dict[str, Any] | None:
    """What colleagues ask for, at the desk and the wall of whoever leads; no word of any talk."""
    if not has_role(screen.user, screen.service, *SUPERVISES):
        return None
    asked = asked_at(screen.service.pk)
    if not asked:
        return None
    return {
        "asked": [
            {
                "one": one,
                "step": words.step_words(one.step),
                "since": from_ms(one.at_ms),
                "may_decide": one.by_id != screen.user.pk,
            }
            for one in asked
        ]
    }


def menu(screen: Screen) -> dict[str, Any] | None:
    """In the head of my running chat: the kind word, the next step, and the care plan."""
    thread = screen.thread
    if thread is None or not thread.mine or thread.line.turn.state != Turn.State.TALKING:
        return None
    turn = thread.line.turn
    limit = limit_of(turn.pk) if turn.channel == Turn.Channel.CHAT else None
    at = standing_of(turn, limit)
    step = next_step(at)
    return {
        "turn": turn,
        "chat": turn.channel == Turn.Channel.CHAT,
        "may_say": why_not(Step.KIND_WORD, at) is None,
        "step": step,
        "why": _why(step, screen) if step else "",
        "refused": words.refusal_words("danger") if at.step and why_not(Step.PAUSE, at) == "danger" else "",
        "settings": settings_of(turn.service_id),
    }


def strip(screen: Screen) -> dict[str, Any] | None:
    """Below the head of an open chat: what holds, what waits for an answer, and what was said with a no."""
    thread = screen.thread
    if thread is None or thread.line.turn.channel != Turn.Channel.CHAT:
        return None
    turn = thread.line.turn
    limit = limit_of(turn.pk)
    if limit is None or not (limit.asked or limit.declined or limit.slow_seconds or limit.paused_until_ms):
        return None
    paused = limit.paused_until_ms is not None and limit.paused_until_ms > now_ms()
    return {
        "turn": turn,
        "limit": limit,
        "asked": words.step_words(limit.asked),
        "declined": words.step_words(limit.declined),
        "by": limit.decided_by.name if limit.decided_by else "",
        "word": _word(limit, screen) if limit.declined and not thread.unreadable else "",
        "paused_until": from_ms(limit.paused_until_ms or 0) if paused else None,
        "may_take_back": thread.mine,
        "may_lift": has_role(screen.user, turn.service, *SUPERVISES),
    }


def plan(screen: Screen) -> dict[str, Any] | None:
    """Between a talk's head and its words: what is written down with this child, before the counsellor's first word."""
    thread = screen.thread
    if thread is None or thread.unreadable:
        return None
    turn = thread.line.turn
    try:
        key = screen.keyring.conversation_key(turn.pk)
        found = plan_beside(turn.pk, key, today=today_in(turn.service.organisation.centre, now()))
    except (Refused, DoesNotOpen):
        return None
    return None if found is None else {"turn": turn, "plan": found, "mine": thread.mine}


def short(screen: Screen) -> dict[str, Any] | None:
    """At the top of an empty record of my chat: one press for a chat in which nothing was said."""
    thread = screen.thread
    if thread is None or not thread.mine or thread.line.turn.channel != Turn.Channel.CHAT:
        return None
    record, turn = thread.record, thread.line.turn
    bare = record is None or not (record.completed_at or record.reasons or record.summary_sealed)
    if not bare or turn.in_danger or turn.risk or any(_is_childs_text(one) for one in thread.messages):
        return None
    return {"turn": turn, "short": _short()}


def keys(screen: Screen) -> dict[str, Any]:
    """The rows of the list of shortcuts."""
    return {"short": _short()}


def pauses(screen: Screen) -> dict[str, Any] | None:
    """On the wall: the pauses that stand, each with a press that ends it. No word of any chat."""
    found = paused_at(screen.service.pk)
    if not found:
        return None
    return {"pauses": [{"talk": one.pk, "until": from_ms(one.paused_until_ms or 0)} for one in found]}


def when(screen: Screen) -> dict[str, Any]:
    """The clocks of pauses and plans, with how many there are; never whose."""
    settings = settings_of(screen.service.pk)
    return {
        "service": screen.service,
        "pauses": len(paused_at(screen.service.pk)),
        "plans": plans_at(screen.service.pk),
        "plan_days": settings.plan_days,
        "pause_hours": settings.pause_hours,
    }


def _why(step: str, screen: Screen) -> str:
    """Whether somebody has to say yes: "ask", or "now" where the helpline lets it because nobody else leads."""
    alone = nobody_else_leads(screen.queue.people if screen.queue else (), screen.user.pk)
    fall_back = settings_of(screen.service.pk).alone
    if not needs_approval(step, alone=alone, fall_back=fall_back):
        return "now"
    return "nobody" if alone else "ask"


def _word(limit: Limit, screen: Screen) -> str:
    try:
        key = screen.keyring.conversation_key(limit.pk)
        return open_text(limit.word_nonce, limit.word_sealed, conversation_id=limit.pk, field=WORD, key=key)
    except (Refused, DoesNotOpen):
        return ""


def _is_childs_text(one: MessageView) -> bool:
    return one.author == Message.Author.VISITOR and one.kind == Message.Kind.TEXT


def _short() -> list[dict[str, str]]:
    return [{"key": key, "code": code, "label": words.short_words(code)} for key, code in SHORT]
