"""The clocks of early warning, and what stays of trends, for the list of `havn.common.keeping`."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.trends.models import Meeting, Observation, Signal

KEEP = dt.timedelta(days=730)
TASK = "trends.forget"


def signals_over(at: dt.datetime) -> QuerySet[Signal]:
    """Signals whose time is over."""
    return Signal.objects.filter(found_at__lt=at - KEEP)


def observations_over(at: dt.datetime) -> QuerySet[Observation]:
    """Observations whose time is over, with their confirmations."""
    return Observation.objects.filter(made_at__lt=at - KEEP)


def meetings_over(at: dt.datetime) -> QuerySet[Meeting]:
    """Meetings whose time is over, with their agendas."""
    return Meeting.objects.filter(starts_at__lt=at - KEEP, made_at__lt=at - KEEP)


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "trends.signals",
            ("trends.Signal",),
            lambda: _("Signals of early warning"),
            lambda centre_id: _("Two years after they were found"),
            task=TASK,
            over=lambda centre_id, at: signals_over(at).filter(centre_id=centre_id).count(),
        )
    )
    register_clock(
        Clock(
            "trends.observations",
            ("trends.Observation", "trends.Confirmation"),
            lambda: _("What helplines noticed, and who confirmed it"),
            lambda centre_id: _("Two years after it was written"),
            task=TASK,
            over=lambda centre_id, at: observations_over(at).filter(centre_id=centre_id).count(),
        )
    )
    register_clock(
        Clock(
            "trends.meetings",
            ("trends.Meeting", "trends.AgendaPoint"),
            lambda: _("Agendas and decisions of the early-warning group"),
            lambda centre_id: _("Two years after the meeting"),
            task=TASK,
            over=lambda centre_id, at: meetings_over(at).count(),
        )
    )
    register_stays(
        Stays(
            "trends",
            (
                "trends.HistoryQuarter", "trends.PublishedFigure", "trends.Break", "trends.Reported", "trends.Fact",
                "trends.QuarterSum",
                "trends.Comparison", "trends.Article", "trends.ArticleText",
            ),
            lambda: _("The network's published history, the counts of its quarters, and its articles"),
            lambda: _("They are sums of whole countries and quarters; an article stays as it was published."),
        )
    )  # fmt: skip
