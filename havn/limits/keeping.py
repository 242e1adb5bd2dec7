"""The clocks of pauses and care plans, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.helpline.retention.journal import KEPT, lines_in
from havn.helpline.retention.queries import today_in
from havn.limits import deleted, replaced
from havn.limits.models import LiftedPause
from havn.limits.queries.plans import plans_over
from havn.limits.queries.settings import settings_of
from havn.tenancy.models import Centre, Service

_PURGE = "helpline.purge"


def register() -> None:
    """Fill the list. Where a chat stands on the ladder, and which plan is beside it, goes with the talk."""
    register_clock(
        Clock(
            "limits.plans",
            ("limits.CarePlan", "limits.RecognitionCode", "limits.PlanVersion", "limits.PlanUse"),
            lambda: _("Care plans, with their code and how often each was used"),
            _plans_when,
            task=_PURGE,
            over=_plans_over,
            settings="limits:settings",
            trail="limits.plans.purged",
        )
    )
    register_clock(
        Clock(
            "limits.lifted",
            ("limits.LiftedPause",),
            lambda: _("That pauses until a moment were lifted"),
            lambda centre_id: _("When that moment has passed"),
            task=_PURGE,
            over=lambda centre_id, at: LiftedPause.objects.filter(
                centre_id=centre_id, until_ms__lte=int(at.timestamp() * 1000)
            ).count(),
        )
    )
    register_clock(
        Clock(
            "limits.deleted",
            (),
            lambda: _("That a care plan was deleted or its code replaced, so that no restore brings either back"),
            lambda centre_id: _("%(days)s days later, as long as backups reach") % {"days": KEPT.days},
            task=_PURGE,
            over=lambda centre_id, at: _lines_over(at),
        )
    )
    register_stays(
        Stays(
            "limits",
            ("limits.LimitsSettings", "limits.KindWord", "limits.StepCount"),
            lambda: _("How limits work, and how often each step was taken in a month"),
            lambda: _("Until somebody changes it; the numbers lead to no talk."),
        )
    )


def _plans_when(centre_id: int) -> str:
    services = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    days = max((settings_of(pk).plan_days for pk in services.values_list("pk", flat=True)), default=180)
    return _("%(days)s days after they were used last, or when the child deletes them") % {"days": days}


def _plans_over(centre_id: int, at: dt.datetime) -> int:
    centre = Centre.objects.get(pk=centre_id)
    return len(plans_over(centre, today=today_in(centre, at)))


def _lines_over(at: dt.datetime) -> int:
    limit = (at - KEPT).date()
    lines = (*lines_in(deleted.path(), fields=2), *lines_in(replaced.path(), fields=3))
    return sum(dt.date.fromisoformat(line[0]) < limit for line in lines)
