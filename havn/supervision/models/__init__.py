"""Supervision's tables, one file per noun."""

from havn.supervision.models.escalation import Escalation, RiskCriteria
from havn.supervision.models.hand import RaisedHand
from havn.supervision.models.note import ShiftNote
from havn.supervision.models.settings import SupervisionSettings
from havn.supervision.models.side_talk import SideTalk, SideTalkPart, SideTalkWords
from havn.supervision.models.take_over import TakeOver
from havn.supervision.models.whisper import Whisper

__all__ = [
    "Escalation",
    "RaisedHand",
    "RiskCriteria",
    "ShiftNote",
    "SideTalk",
    "SideTalkPart",
    "SideTalkWords",
    "SupervisionSettings",
    "TakeOver",
    "Whisper",
]
