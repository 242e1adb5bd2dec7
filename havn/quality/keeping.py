"""The clocks of load, answers and draws, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.quality.actions.forgetting import PURGED
from havn.quality.queries.over import care_over, draws_over, people_over
from havn.quality.queries.settings import quality_of
from havn.tenancy.models import Centre, Service


def register() -> None:
    """Fill the list. A review, and the mark of a hard talk, go with the talk."""
    task = "helpline.purge"
    register_clock(
        Clock(
            "quality.care",
            ("quality.Answer", "quality.Debrief", "quality.DutyLoad", "quality.TalkWish"),
            lambda: _("What hard talks somebody had on a duty, and what they answered afterwards"),
            _when,
            task=task,
            over=lambda centre_id, at: care_over(_centre(centre_id), at_ms=_ms(at)),
            settings="quality:settings",
            trail=PURGED,
        )
    )
    register_clock(
        Clock(
            "quality.draws",
            ("quality.Draw",),
            lambda: _("By which seed talks were drawn for review"),
            _when,
            task=task,
            over=lambda centre_id, at: draws_over(_centre(centre_id), at_ms=_ms(at)),
            settings="quality:settings",
            trail=PURGED,
        )
    )
    register_clock(
        Clock(
            "quality.people",
            ("quality.ReviewedPerson",),
            lambda: _("Of whom a talk was reviewed in this half-year, so that they count once"),
            lambda centre_id: _("When the half-year is over"),
            task=task,
            over=lambda centre_id, at: people_over(_centre(centre_id), at_ms=_ms(at)),
            trail=PURGED,
        )
    )
    register_stays(
        Stays(
            "quality",
            ("quality.CriteriaVersion", "quality.QualitySettings"),
            lambda: _("By what talks are reviewed, and when a pause is proposed"),
            lambda: _("Until somebody changes it; older criteria, because scores are counted by them."),
        )
    )
    register_stays(
        Stays(
            "quality.scores",
            ("quality.ReviewedHalfYear", "quality.ScoreCount"),
            lambda: _("How often each answer was given in reviews of a half-year"),
            lambda: _("They are counts without talks and people, shown only where they tell of several people."),
        )
    )


def _when(centre_id: int) -> str:
    services = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    weeks = max((quality_of(pk).keep_weeks for pk in services.values_list("pk", flat=True)), default=8)
    return _("After %(weeks)s weeks, or as soon as the person deletes it") % {"weeks": weeks}


def _centre(centre_id: int) -> Centre:
    return Centre.objects.get(pk=centre_id)


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
