"""Quality's tables, one file per noun."""

from havn.quality.models.care import Answer, Debrief, DutyLoad, HardMark, TalkWish
from havn.quality.models.criteria import CriteriaVersion
from havn.quality.models.review import Draw, Review
from havn.quality.models.scores import ReviewedHalfYear, ReviewedPerson, ScoreCount
from havn.quality.models.settings import QualitySettings

__all__ = [
    "Answer",
    "CriteriaVersion",
    "Debrief",
    "Draw",
    "DutyLoad",
    "HardMark",
    "QualitySettings",
    "Review",
    "ReviewedHalfYear",
    "ReviewedPerson",
    "ScoreCount",
    "TalkWish",
]
