"""The hand-overs of a talk and of a helpline, and what came of them in figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, When

from havn.handover.models import Handover, HandoverCount
from havn.handover.rules import states
from havn.handover.sealing import Asked, open_asked

SHOWN = 200
_WANTS_SOMEBODY = Q(state=states.FAILED) | Q(state=states.AGREED, way="page")


@dataclass(frozen=True)
class Outcomes:
    """How often something was asked for a route, and what came of it."""

    route: str
    kind: str
    asked: int
    gone: int
    declined: int
    other: int


def handovers_of(conversation_id: int) -> list[Handover]:
    """All of a talk, the first question first."""
    return list(Handover.objects.filter(conversation_id=conversation_id).order_by("asked_at_ms", "pk"))


def open_at(service_ids: Sequence[int]) -> list[Handover]:
    """What somebody has to do something for, oldest first: failed, or agreed and passed on by hand. Then the rest.

    At most `SHOWN`, so that a list is drawn soon whatever has gathered.
    """
    found = Handover.objects.filter(service_id__in=service_ids, state__in=states.OPEN).select_related("service")
    waits_first = found.annotate(waits=Case(When(_WANTS_SOMEBODY, then=0), default=1))
    return list(waits_first.order_by("waits", "asked_at_ms", "pk")[:SHOWN])


def wants_somebody(handover: Handover) -> bool:
    """Whether it waits for one of the staff."""
    if handover.state == states.FAILED:
        return True
    return handover.state == states.AGREED and handover.way == "page"


def asked_in(handover: Handover, key: bytes) -> Asked:
    """The question as it was put. Raises what the vault raises for another talk's key."""
    return open_asked(
        handover.nonce,
        handover.sealed,
        handover_id=handover.pk,
        conversation_id=handover.conversation_id,
        key=key,
    )


def waiting_for_somebody(service_ids: Sequence[int]) -> int:
    """How many wait for one of the staff, for the menu."""
    return Handover.objects.filter(_WANTS_SOMEBODY, service_id__in=service_ids)[:SHOWN].count()


def outcomes_of(service_ids: Sequence[int], *, since_ms: int) -> list[Outcomes]:
    """By route, the most asked first. What is still open, or came to nothing with its talk, is neither gone nor no."""
    rows = HandoverCount.objects.filter(service_id__in=service_ids, half_hour_ms__gte=since_ms)
    counted: Counter[tuple[str, str, str]] = Counter(rows.values_list("route", "kind", "state"))
    routes = sorted({(route, kind) for route, kind, _state in counted})
    found = [_outcomes(route, kind, counted) for route, kind in routes]
    return sorted(found, key=lambda one: (-one.asked, one.route))


def _outcomes(route: str, kind: str, counted: Counter[tuple[str, str, str]]) -> Outcomes:
    by_state = {state: counted[(route, kind, state)] for state in Handover.State.values}
    asked = sum(by_state.values())
    gone, declined = by_state[states.GONE], by_state[states.DECLINED]
    return Outcomes(route, kind, asked, gone, declined, asked - gone - declined)


def due_ids(at_ms: int, most: int) -> list[int]:
    """What waits for the worker and whose time has come, oldest first."""
    due = Handover.objects.filter(state=states.AGREED, waiting__isnull=False, due_at_ms__lte=at_ms)
    return list(due.order_by("due_at_ms").values_list("pk", flat=True)[:most])


def sending_ids(most: int) -> list[int]:
    """What is on its way by e-mail."""
    return list(Handover.objects.filter(state=states.SENDING).values_list("pk", flat=True)[:most])
