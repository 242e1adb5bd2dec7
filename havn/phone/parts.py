"""What the desk and the wall show of calls."""

from typing import Any

from havn.common.clock import from_ms, now_ms
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.helpline.parts import Screen
from havn.phone.queries.calls import call_of, calls_at, calls_known, key_goes_ms, times_called
from havn.phone.queries.connection import is_joined
from havn.phone.queries.today import calls_today, today_by_channel
from havn.phone.rules.short import SHORT
from havn.phone.words import channel_words, outcome_words


def calls_on_duty(screen: Screen) -> dict[str, Any]:
    """Below the Next button: what rings, what is nobody's, and "Call"."""
    calls = calls_at(screen.service.pk)
    return {
        "ringing": [{"since": from_ms(call.since_ms), "times": call.times} for call in calls.ringing],
        "unclaimed": [
            {"id": call.id, "since": from_ms(call.since_ms), "times": call.times} for call in calls.unclaimed
        ],
        "mine": calls.running.get(screen.user.pk, ""),
        "short": _short(),
        "once": fresh_once(),
    }


def call_in_view(screen: Screen) -> dict[str, Any] | None:
    """Below the head of an open call: its timer, how often the same telephone rang, and the short outcomes."""
    if screen.thread is None or screen.thread.line.turn.channel != Turn.Channel.PHONE:
        return None
    turn, record = screen.thread.line.turn, screen.thread.record
    call = call_of(turn.pk)
    taken_ms = turn.taken_at_ms or turn.waiting_since_ms
    until_ms = turn.ended_at_ms or now_ms()
    return {
        "running": turn.state == Turn.State.TALKING,
        "since": from_ms(taken_ms),
        "minutes": max(until_ms - taken_ms, 0) // 60_000,
        "seconds": max(until_ms - taken_ms, 0) // 1000 % 60,
        "times": times_called(call) if call else 0,
        "talk": turn.pk,
        "short": _short() if screen.thread.mine and record and _is_bare(record) else [],
    }


def keys(screen: Screen) -> dict[str, Any]:
    """The rows of the list of shortcuts."""
    return {"short": _short()}


def wall_numbers(screen: Screen) -> dict[str, Any] | None:
    """Calls that run and ring; nothing where no call was ever known."""
    today = calls_today(screen.service, now_ms())
    calls = calls_at(screen.service.pk)
    if not today.offered and not calls.running and not is_joined(screen.service.pk):
        return None
    return {
        "running": len(calls.running) + len(calls.unclaimed),
        "ringing": len(calls.ringing),
        "unanswered": today.unanswered,
    }


def wall_today(screen: Screen) -> dict[str, Any] | None:
    """What became of today's attempts, by channel, with the answered share."""
    rows = today_by_channel(screen.service, now_ms())
    return {"rows": [{"channel": channel_words(name), "one": one} for name, one in rows]} if rows else None


def what_goes_when(screen: Screen) -> dict[str, Any] | None:
    """The clocks of calls, where a telephone system tells of any."""
    if not is_joined(screen.service.pk):
        return None
    goes_ms = key_goes_ms()
    return {
        "service": screen.service,
        "calls": calls_known(screen.service.pk),
        "key_goes_at": None if goes_ms is None else from_ms(goes_ms),
    }


def _short() -> list[dict[str, str]]:
    return [{"key": key, "code": code, "label": outcome_words(code)} for key, code in SHORT]


def _is_bare(record: Any) -> bool:
    """Whether nothing of a talk is filled in yet: then one press may close the call."""
    return record.completed_at is None and not record.reasons and not record.summary_sealed
