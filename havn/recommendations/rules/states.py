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


def validators(
    *, authors: Collection[int | None], last: int | None, named: int | None, may: Collection[int]
) -> frozenset[int]:  # fmt: skip
    """Who of those that `may` validates words that `authors` wrote in versions, the `last` of them by one.

    Somebody who wrote no version; where everybody wrote one, whoever did not write the last. The person that was
    `named` alone, if it is one of these: nothing waits for somebody who wrote it or may not any more.
    """
    free = frozenset(may) - frozenset(authors) or frozenset(may) - {last}
    return frozenset({named}) if named is not None and named in free else frozenset(free)


def box_of(kind: str) -> str:
    """The kind of box that a kind of follow-up stands in."""
    return PRACTICE if kind == "practice" else FOLLOW_UP


def is_overdue(*, due: dt.date | None, today: dt.date, is_done: bool) -> bool:
    """Whether the day has passed and the round's scale does not call it done."""
    return due is not None and not is_done and due < today
