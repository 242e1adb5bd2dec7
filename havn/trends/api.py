"""The door of trends for the apps above, and for commands: the history, and quarters from another source than rounds.

register_source(Source("hotlines", accepted, asked))   # see sources.py
take_report(QuarterReport(centre.pk, Quarter(2026, 3), "insafe-reasons-2023", 1, {("total", "all"): 410}))
"""

from havn.trends.actions.loading import load_history
from havn.trends.actions.taking import rebuild, take_back, take_report
from havn.trends.queries.network import quarters_reported, trend
from havn.trends.rules.quarters import Quarter, quarter_named, quarter_of
from havn.trends.sources import QuarterReport, Source, register_source

__all__ = [
    "Quarter",
    "QuarterReport",
    "Source",
    "load_history",
    "quarter_named",
    "quarter_of",
    "quarters_reported",
    "rebuild",
    "register_source",
    "take_back",
    "take_report",
    "trend",
]
