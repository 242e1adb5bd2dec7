"""When the service closes, asked of the centre's opening hours, and who is on duty for their minimum rule."""

import datetime as dt

from havn.accounts.models import Role
from havn.centres.api import Staffing, opening, staffing_of
from havn.common.clock import from_ms
from havn.helpline.models import Duty
from havn.helpline.queries.duty import below_since_ms, settings_of
from havn.tenancy.models import Service


def minutes_to_closing(service_id: int, at_ms: int) -> float | None:
    """Minutes until the chat closes; None when no closing is in sight (always open, the demo, no hours known)."""
    service = Service.objects.select_related("organisation__centre").get(pk=service_id)
    now = from_ms(at_ms)
    answer = opening(service, "chat", now, staffing_of(service_id, now))
    if not answer.open or answer.closes_at is None:
        return None
    return max((answer.closes_at - now).total_seconds() / 60, 0.0)


def closes_at(service: Service, now: dt.datetime) -> dt.datetime | None:
    """When the chat that is open by its hours closes; None when it always is, or is closed already."""
    answer = opening(service, "chat", now)
    return answer.closes_at if answer.open else None


def is_closed(service: Service, now: dt.datetime) -> bool:
    """Whether the hours of the chat are over. Too few on duty is not closed: who waits keeps the place."""
    return not opening(service, "chat", now).open


def staffing(service_id: int, now: dt.datetime) -> Staffing | None:
    """Who is on duty, for the opening rule; None when this helpline has set no minimum."""
    if not settings_of(service_id).needs_staff:
        return None
    below = below_since_ms(service_id)
    now_ms = int(now.timestamp() * 1000)
    return on_duty_now(service_id, now_ms, below)


def on_duty_now(service_id: int, now_ms: int, below_ms: int | None) -> Staffing:
    """Who is on duty with a lease that is alive: coordinators, and as counsellors those who can answer a child now.

    A supervisor with no seat only watches, and behind a locked desk nobody answers: neither counts. A lock of a few
    minutes closes nothing, because new starts close only after ten minutes below the minimum.
    """
    alive = Duty.objects.filter(service_id=service_id, ended_at_ms__isnull=True, alive_until_ms__gt=now_ms)
    return Staffing(
        coordinators=alive.filter(role=Role.COORDINATOR).count(),
        counsellors=alive.exclude(role=Role.COORDINATOR).filter(seats__gt=0, locked_at_ms__isnull=True).count(),
        below_since=None if below_ms is None else from_ms(below_ms),
    )
