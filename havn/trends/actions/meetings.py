"""The group's meeting: an agenda out of what is open, and what was decided about each point."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from havn.trends.models import AgendaPoint, Meeting, Observation, Signal
from havn.trends.permissions import check_in_group, check_leads_group
from havn.trends.queries.warning import OPEN_WEEKS, WEEK, monday_of, observations, open_signals
from havn.trends.rules.warning import VERY

_A_DAY = dt.timedelta(days=1)
LONGEST_DECISION, LONGEST_PLACE, MOST_POINTS = 600, 200, 60


@transaction.atomic
def call_meeting(*, actor: User, centre: Centre, starts_at: dt.datetime, place: str) -> Meeting:
    """Make a meeting with everything that is open: confirmed observations, very unusual signals, then the rest."""
    check_leads_group(actor, centre)
    if len(place) > LONGEST_PLACE:
        raise Refused(_("At most %(most)s characters.") % {"most": LONGEST_PLACE})
    if starts_at < now() - _A_DAY:
        raise Refused(_("This day is past. Choose one that is to come."))
    meeting = Meeting.objects.create(starts_at=starts_at, place=place.strip(), made_by=actor, made_at=now())
    _add_open(meeting)
    record(centre_id=centre.pk, actor_id=actor.pk, action="trends.meeting.called", subject=f"meeting:{meeting.pk}")
    return meeting


@transaction.atomic
def add_what_is_new(*, actor: User, centre: Centre, meeting: Meeting) -> int:
    """Put what was opened since on the agenda, at its end. Returns how many points came."""
    check_leads_group(actor, centre)
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    added = _add_open(stored)
    record(centre_id=centre.pk, actor_id=actor.pk, action="trends.meeting.added", subject=f"meeting:{meeting.pk}")
    return added


@transaction.atomic
def decide(*, actor: User, centre: Centre, point: AgendaPoint, decision: str, close: bool) -> None:
    """Note what the group decided about a point. `close` ends the matter: it comes on no further agenda."""
    check_in_group(actor, centre)
    stored = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not decision.strip() or len(decision) > LONGEST_DECISION:
        raise Refused(_("A decision has one to %(most)s characters.") % {"most": LONGEST_DECISION})
    stored.decision, stored.decided_at = decision.strip(), now()
    stored.save(update_fields=["decision", "decided_at"])
    closed_at = now() if close else None
    if stored.signal_id is not None:
        Signal.objects.filter(pk=stored.signal_id).update(closed_at=closed_at)
    else:
        Observation.objects.filter(pk=stored.observation_id).update(closed_at=closed_at)
    record(
        centre_id=centre.pk, actor_id=actor.pk, action="trends.meeting.decided", subject=f"meeting:{stored.meeting_id}"
    )


def _add_open(meeting: Meeting) -> int:
    there = list(meeting.points.values_list("signal_id", "observation_id"))
    on_it = {("signal", one) for one, _other in there} | {("observation", other) for _one, other in there}
    seen = sorted(observations(), key=lambda one: (not one.confirmations.all(), one.made_at))
    since = monday_of(now().date()) - WEEK * OPEN_WEEKS
    signals = sorted(open_signals(since=since), key=lambda one: (one.chance >= VERY, one.chance))
    confirmed = [one for one in seen if one.confirmations.all()]
    others = [one for one in seen if not one.confirmations.all()]
    wanted: list[tuple[str, Signal | Observation]] = [
        *(("observation", one) for one in confirmed),
        *(("signal", one) for one in signals),
        *(("observation", one) for one in others),
    ]
    new = [(kind, one) for kind, one in wanted if (kind, one.pk) not in on_it]
    begin = len(there)
    new = new[: MOST_POINTS - begin]
    AgendaPoint.objects.bulk_create(
        AgendaPoint(meeting=meeting, order=begin + at, **{kind: one}) for at, (kind, one) in enumerate(new, start=1)
    )
    return len(new)
