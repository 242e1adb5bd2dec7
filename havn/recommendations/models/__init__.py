"""What is recommended by whom, a Party's factsheet in its order, and what the Party did about it."""

from havn.recommendations.models.factsheet import (
    Ask,
    Citation,
    Factsheet,
    FactsheetFile,
    Footnote,
    Observation,
    Passage,
    SheetChapter,
)
from havn.recommendations.models.follow_up import Evidence, EvidenceFile, FollowUp, FollowUpVersion, Remark
from havn.recommendations.models.rounds import Chapter, Instrument, MonitoringRound, Recommendation

__all__ = [
    "Ask",
    "Chapter",
    "Citation",
    "Evidence",
    "EvidenceFile",
    "Factsheet",
    "FactsheetFile",
    "FollowUp",
    "FollowUpVersion",
    "Footnote",
    "Instrument",
    "MonitoringRound",
    "Observation",
    "Passage",
    "Recommendation",
    "Remark",
    "SheetChapter",
]
