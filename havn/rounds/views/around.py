"""What stands around every screen of one assignment: its name, its state, its time, and the ways on."""

from typing import Any

from django.http import HttpRequest

from havn.rounds.models import Assignment
from havn.rounds.permissions import can_accept, can_answer, can_name, can_run
from havn.rounds.queries.people import writers_of
from havn.rounds.queries.rounds import place_of
from havn.rounds.rules.states import DONE
from havn.rounds.views.asked import actor_of, centre_of
from havn.rounds.views.desk import shown
from havn.rounds.working import Work


def around(request: HttpRequest, work: Work, screen: str) -> dict[str, Any]:
    """The context. `screen` is the tab that is open."""
    assignment, actor = work.assignment, actor_of(request)
    place = place_of(assignment)
    writes, names = can_answer(actor, assignment), can_name(actor, assignment)
    return {
        **shown(place),
        "asked_centre": assignment.centre,
        "screen": screen,
        "is_ours": assignment.centre_id == centre_of(request).pk,
        "may_answer": writes and place.is_open,
        "may_write": writes and place.is_open and place.waits_for_centre,
        "may_run": can_run(actor, work.round.owner),
        "may_accept": can_accept(actor, work.round.owner),
        "is_done": assignment.state in DONE,
        "may_compare": assignment.accepted_at is not None,
        "may_name": names,
        "chosen": _people_of(assignment),
        "people_fault": "",
        "people": list(writers_of(assignment)) if writes or names else [],
    }


def _people_of(assignment: Assignment) -> dict[str, str]:
    """Who is chosen, as the fields of the page have it."""
    return {"responsible": str(assignment.responsible_id or ""), "alternate": str(assignment.alternate_id or "")}
