"""What aftercare shows on the desk and the wall."""

from typing import Any

from havn.accounts.api import has_role
from havn.common.clock import from_ms, now_ms
from havn.helpline.models import Turn
from havn.helpline.parts import Screen
from havn.helpline.queries.duty import open_duty, pauses
from havn.helpline.rules.roles import SUPERVISES
from havn.quality.models import HardMark
from havn.quality.queries.care import as_load, debrief_waiting, load_of, wish_of, wishes_at
from havn.quality.queries.reviews import results_unseen
from havn.quality.queries.settings import quality_of
from havn.quality.rules.answers import NOW
from havn.quality.rules.load import wants_pause
from havn.quality.words import step_words, wish_words


def lines(screen: Screen) -> dict[str, Any] | None:
    """Who wants to talk now, for those who may come; and who comes to me."""
    wishes = _wishes(screen, now=True)
    mine = wish_of(screen.service.pk, screen.user.pk)
    if not (wishes or mine):
        return None
    return {"wishes": wishes, "mine": mine, "mine_now": mine is not None and mine.wish == NOW}


def wall_lines(screen: Screen) -> dict[str, Any] | None:
    """The same on the wall, without one's own."""
    wishes = _wishes(screen, now=True)
    return {"wishes": wishes} if wishes else None


def wall_table(screen: Screen) -> dict[str, Any] | None:
    """Who wants to talk later, until they have."""
    wishes = _wishes(screen, now=False)
    return {"wishes": wishes, "service": screen.service} if wishes else None


def questions(screen: Screen) -> dict[str, Any] | None:
    """The two questions after a hard conversation."""
    if debrief_waiting(screen.service.pk, screen.user.pk, now_ms=now_ms()) is None:
        return None
    return {"service": screen.service, "steps": step_words(), "wishes": wish_words()}


def results(screen: Screen) -> dict[str, Any] | None:
    """That a talk of one's own has been reviewed."""
    unseen = results_unseen(screen.user.pk, screen.service.pk)
    return {"service": screen.service, "count": unseen} if unseen else None


def duty(screen: Screen) -> dict[str, Any] | None:
    """On duty: the proposed pause, or the end of one, and "that was hard"."""
    here = open_duty(screen.service.pk, screen.user.pk)
    if here is None:
        return None
    settings, row = quality_of(screen.service.pk), load_of(here)
    proposed = (
        row is not None
        and not row.refused
        and wants_pause(
            as_load(row), after_talks=settings.pause_after_talks, after_minutes=settings.pause_after_minutes
        )
    )
    pausing = pauses(here, now_ms())
    return {
        "service": screen.service,
        "pausing": pausing,
        "until": from_ms(here.pause_until_ms) if pausing and here.pause_until_ms else None,
        "proposed": proposed and not pausing,
        "in_a_row": row.in_a_row if row else 0,
        "minutes_since": row.minutes_since if row else 0,
        "by_row": row is not None and 0 < settings.pause_after_talks <= row.in_a_row,
        "pause_minutes": settings.pause_minutes,
    }


def button(screen: Screen) -> dict[str, Any] | None:
    """In a talk's head: its counsellor says that it is hard."""
    thread = screen.thread
    if thread is None or not thread.mine or thread.line.turn.state != Turn.State.TALKING:
        return None
    turn = thread.line.turn
    marked = HardMark.objects.filter(conversation_id=turn.pk, user=screen.user).exists()
    return {"turn": turn, "marked": marked}


def keys(screen: Screen) -> dict[str, Any] | None:
    """The row of the list of shortcuts."""
    return {}


def _wishes(screen: Screen, *, now: bool) -> list[dict[str, Any]]:
    if not has_role(screen.user, screen.service, *SUPERVISES):
        return []
    return [
        {"wish": one, "since": from_ms(one.since_ms), "i_come": one.coming_id == screen.user.pk}
        for one in wishes_at(screen.service.pk)
        if one.user_id != screen.user.pk and (one.wish == NOW) is now
    ]
