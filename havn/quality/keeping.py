"""The clocks of load, answers, questions, wishes and draws, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.quality.actions.forgetting import PURGED
from havn.quality.queries.over import rows_over
from havn.quality.queries.settings import quality_of
from havn.tenancy.models import Service


def register() -> None:
    """Fill the list. A review, and the mark of a hard talk, go with the talk."""
    _clock("load", "DutyLoad", lambda: _("How many hard talks somebody had on a duty"), _weeks)
    _clock("answers", "Answer", lambda: _("What somebody answered after a hard talk"), _weeks)
    _clock("questions", "Debrief", lambda: _("Questions that wait after a hard talk"), _half_a_day, chosen=False)
    _clock("wishes", "TalkWish", lambda: _("That somebody wants to talk after a hard talk"), _wishes)
    _clock("draws", "Draw", lambda: _("By which seed talks were drawn for review"), _draws)
    _clock(
        "people", "ReviewedPerson", lambda: _("Of whom a talk was reviewed this half-year"), _half_year, chosen=False
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


def _clock(name: str, table: str, what: Callable[[], str], when: Callable[[int], str], *, chosen: bool = True) -> None:
    def over(centre_id: int, at: dt.datetime) -> int:
        return rows_over(centre_id, table, at_ms=int(at.timestamp() * 1000))

    register_clock(
        Clock(
            f"quality.{name}",
            (f"quality.{table}",),
            what,
            when,
            task="helpline.purge",
            over=over,
            settings="quality:settings" if chosen else "",
            trail=PURGED,
        )
    )


def _weeks(centre_id: int) -> str:
    return _("%(weeks)s weeks after the day, or as soon as the person deletes it") % {"weeks": _kept(centre_id)}


def _wishes(centre_id: int) -> str:
    return _("As soon as they have talked, at the latest after %(weeks)s weeks") % {"weeks": _kept(centre_id)}


def _draws(centre_id: int) -> str:
    return _("%(weeks)s weeks after the draw; its line on the trail stays") % {"weeks": _kept(centre_id)}


def _half_a_day(centre_id: int) -> str:
    return _("When they are answered or skipped, at the latest in the night after 12 hours")


def _half_year(centre_id: int) -> str:
    return _("When the half-year is over")


def _kept(centre_id: int) -> int:
    services = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    return max((quality_of(pk).keep_weeks for pk in services.values_list("pk", flat=True)), default=8)
