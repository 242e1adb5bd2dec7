"""What the desk shows of hand-overs and reports."""

from typing import Any

from havn.common.clock import now_ms
from havn.handover.models import HandoverRoute
from havn.handover.queries.handovers import handovers_of, wants_somebody
from havn.handover.queries.reports import line_of, reports_of
from havn.handover.words import platform_words, report_state_words, state_words
from havn.helpline.models import Turn
from havn.helpline.parts import Screen


def button(screen: Screen) -> dict[str, Any] | None:
    """ "Pass on" in the head of one's own running talk."""
    thread = screen.thread
    if thread is None or not thread.mine or thread.line.turn.state != Turn.State.TALKING:
        return None
    return {"turn": thread.line.turn}


def strip(screen: Screen) -> dict[str, Any] | None:
    """Below the head, for everybody who reads the talk: how each hand-over and each report stands."""
    thread = screen.thread
    if thread is None:
        return None
    turn = thread.line.turn
    handovers, reports = handovers_of(turn.pk), reports_of(turn.pk)
    if not handovers and not reports:
        return None
    centre_id, at = screen.service.organisation.centre_id, now_ms()
    names = dict(HandoverRoute.objects.filter(centre_id=centre_id).values_list("key", "name")) if handovers else {}
    return {
        "handovers": [
            {
                "one": one,
                "name": names.get(one.route, one.route),
                "state": state_words(one.state, one.way),
                "wants": wants_somebody(one),
            }
            for one in handovers
        ],
        "reports": [
            {
                "report": one,
                "platform": platform_words(one.platform),
                "state": report_state_words(one.state),
                "overdue": line_of(one, now_ms=at).overdue,
            }
            for one in reports
        ],
    }


def record_link(screen: Screen) -> dict[str, Any] | None:
    """At the top of the contact record: noting a report to a platform."""
    thread = screen.thread
    if thread is None or not thread.mine:
        return None
    return {"turn": thread.line.turn, "platform": thread.record.platform if thread.record is not None else ""}
