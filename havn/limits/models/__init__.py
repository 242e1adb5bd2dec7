"""What the limits keep: settings, where a chat stands on the ladder, and care plans."""

from havn.limits.models.ladder import LiftedPause, Limit, StepCount
from havn.limits.models.plan import CarePlan, PlanBeside, PlanUse, PlanVersion, RecognitionCode
from havn.limits.models.settings import KindWord, LimitsSettings

__all__ = [
    "CarePlan",
    "KindWord",
    "LiftedPause",
    "Limit",
    "LimitsSettings",
    "PlanBeside",
    "PlanUse",
    "PlanVersion",
    "RecognitionCode",
    "StepCount",
]
