"""How grave a talk is: one truth for the talk's head, the contact record, the queue and the wall.

The record knows five answers ("" for not yet asked), the talk itself only the grave ones.
"""

from havn.helpline.rules.queue import HIGH
from havn.helpline.rules.record import RISKS

_RANK = {"": 0, **{risk: rank for rank, risk in enumerate(RISKS, start=1)}}


def risk_of_talk(risk: str) -> str:
    """What a record's risk means for its talk: "high", "imminent", or "" for anything that calls nobody."""
    return risk if risk in HIGH else ""


def risk_to_keep(*, standing: str, was: str | None, sent: str) -> str:
    """The risk after a save of the record. `was` is what the screen showed before the person touched it, None unknown.

    What nobody touched stays as it stands. A grave risk is lowered only by somebody who saw it: a screen drawn before
    it was raised cannot take it back by saving something else.
    """
    if sent == was:
        return standing
    if standing in HIGH and was != standing and _RANK[sent] < _RANK[standing]:
        return standing
    return sent


def calls_the_supervisor(*, state: str, answered: bool, risk: str, in_danger: bool, record_complete: bool) -> bool:
    """Whether a turn stands on the wall in red: imminent while it runs, and after it until somebody has coded it.

    A child who pressed "I'm in danger now" and is gone after a talk is as grave as one we judged so.
    """
    if state == "talking":
        return risk == "imminent"
    return state == "ended" and answered and not record_complete and (risk == "imminent" or in_danger)
