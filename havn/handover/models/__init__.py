"""The tables of hand-overs and of reports to platforms, one file per noun."""

from havn.handover.models.handover import Handover, HandoverCount, HandoverWaiting
from havn.handover.models.report import PlatformReport, PlatformReportCount, PlatformReportTalk
from havn.handover.models.route import HandoverRoute, RouteWords
from havn.handover.models.settings import HandoverSettings

__all__ = [
    "Handover",
    "HandoverCount",
    "HandoverRoute",
    "HandoverSettings",
    "HandoverWaiting",
    "PlatformReport",
    "PlatformReportCount",
    "PlatformReportTalk",
    "RouteWords",
]
