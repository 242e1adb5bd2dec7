"""Recording what was done."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.activities.models import Activity, Evidence, Reach
from havn.activities.permissions import check_can_read, check_can_write
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


@transaction.atomic
def record_activity(
    *, actor: User, activity: Activity, reach: Sequence[Reach], evidence: Sequence[Evidence]
) -> Activity:
    """Keep an activity, new or changed, with exactly these numbers and this evidence; none was saved before.

    Refused when an event would stand in the log twice: its guests would count twice.
    """
    check_can_write(actor, activity.centre)
    if activity.organisation.centre_id != activity.centre_id:
        raise NotAllowed(_("An activity is recorded for an organisation of its own centre."))
    # One at a time in a centre, so that an event is taken over once.
    Centre.objects.select_for_update().get(pk=activity.centre_id)
    _check_events_once(activity, evidence)
    moment = now()
    if activity._state.adding:
        activity.recorded_by, activity.recorded_at = actor, moment
    activity.changed_by, activity.changed_at = actor, moment
    activity.save()
    activity.reach.all().delete()
    activity.evidence.all().delete()
    for number in reach:
        number.activity = activity
    for shown in evidence:
        shown.activity = activity
    Reach.objects.bulk_create(reach)
    Evidence.objects.bulk_create(evidence)
    _record(actor, activity, "activities.recorded")
    return activity


@transaction.atomic
def delete_activity(*, actor: User, activity: Activity) -> None:
    """Take it out of the log. Reports that were compiled before keep it until they are compiled again."""
    check_can_write(actor, activity.centre)
    number = activity.pk
    activity.delete()
    activity.pk = number
    _record(actor, activity, "activities.deleted")


@transaction.atomic
def record_export(*, actor: User, centre: Centre) -> None:
    """Put on the trail that somebody took the log out."""
    check_can_read(actor, centre)
    record(centre_id=centre.pk, actor_id=actor.pk, action="activities.exported")


def _check_events_once(activity: Activity, evidence: Sequence[Evidence]) -> None:
    numbers = [row.object_id for row in evidence if row.kind == "event"]
    others = Evidence.objects.filter(activity__centre_id=activity.centre_id, kind="event", object_id__in=numbers)
    if others.exclude(activity=activity.pk).exists() or len(numbers) != len(set(numbers)):
        raise Refused(_("This event stands in the log already. Change that activity instead."))


def _record(actor: User, activity: Activity, action: str) -> None:
    record(centre_id=activity.centre_id, actor_id=actor.pk, action=action, subject=f"activity:{activity.pk}")
