"""The helpline's tables, one file per noun."""

from havn.helpline.models.batch import BatchRows, ContactBatch, ImportMeaning
from havn.helpline.models.contact import Contact, ContactReason, Record
from havn.helpline.models.duty import Duty
from havn.helpline.models.feedback import Feedback
from havn.helpline.models.settings import CannedAnswer, HelplineSettings, LinkForChildren
from havn.helpline.models.turn import Hold, ServiceQueue, Transfer, Turn

__all__ = [
    "BatchRows",
    "CannedAnswer",
    "Contact",
    "ContactBatch",
    "ContactReason",
    "Duty",
    "Feedback",
    "HelplineSettings",
    "Hold",
    "ImportMeaning",
    "LinkForChildren",
    "Record",
    "ServiceQueue",
    "Transfer",
    "Turn",
]
