"""The tables of trends."""

from havn.trends.models.articles import Article, ArticleText
from havn.trends.models.history import SYSTEM, Break, HistoryQuarter, PublishedFigure
from havn.trends.models.quarters import Comparison, Fact, QuarterSum, Reported
from havn.trends.models.warning import AgendaPoint, Confirmation, Meeting, Observation, Signal

__all__ = [
    "SYSTEM",
    "AgendaPoint",
    "Article",
    "ArticleText",
    "Break",
    "Comparison",
    "Confirmation",
    "Fact",
    "HistoryQuarter",
    "Meeting",
    "Observation",
    "PublishedFigure",
    "QuarterSum",
    "Reported",
    "Signal",
]
