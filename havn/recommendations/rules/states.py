"""The states of a follow-up, and who may bring it from one to the next."""

import datetime as dt
from collections.abc import Collection

from havn.recommendations.rules.factsheet.document import FOLLOW_UP, PRACTICE

DRAFT, SUBMITTED, VALIDATED = "draft", "submitted", "validated"

_TRANSITIONS = {
    "submit": (DRAFT, SUBMITTED),
    "send_back": (SUBMITTED, DRAFT),
    "validate": (SUBMITTED, VALIDATED),
}


def after(state: str, verb: str) -> str | None:
    """The state that follows, or None when the verb does not fit it."""
    before, then = _TRANSITIONS[verb]
    return then if state == before else None


def may_validate(*, authors: Collection[int | None], validator: int) -> bool:
    """Somebody who wrote no version of the words. What has no author any more may be validated by anybody who may."""
    return validator not in authors


def box_of(kind: str) -> str:
    """The kind of box that a kind of follow-up stands in."""
    return PRACTICE if kind == "practice" else FOLLOW_UP


def is_overdue(*, due: dt.date | None, today: dt.date, is_done: bool) -> bool:
    """Whether the day has passed and the round's scale does not call it done."""
    return due is not None and not is_done and due < today
