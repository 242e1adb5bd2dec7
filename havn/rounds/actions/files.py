"""Documents as answers: looked at before they are kept, and gone when no answer names them any more."""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import now
from havn.common.errors import Refused
from havn.rounds.actions.locking import locked
from havn.rounds.models import AnswerFile, Draft, Submission
from havn.rounds.permissions import check_can_answer
from havn.rounds.rules.documents import LARGEST, kind_of, name_kept
from havn.rounds.words import document_fault

KEPT_UNUSED = dt.timedelta(days=7)
MOST_FILES = 60
"""Of one assignment: more is a slip or a flood."""


@transaction.atomic
def keep_file(
    *, actor: User, assignment_id: int, name: str, content: bytes, kinds: tuple[str, ...], largest: int
) -> dict[str, Any]:
    """Keep a document and return it as an answer: {"name", "size", "ref"}.

    Raises Refused, with a sentence, for what is too large, empty, or another kind of file than its name says.
    """
    assignment = locked(assignment_id)
    check_can_answer(actor, assignment)
    limit = min(largest or LARGEST, LARGEST)
    if not content or len(content) > limit:
        raise Refused(document_fault("size", limit))
    kind = kind_of(name, content)
    if kind is None or (kinds and kind not in kinds):
        raise Refused(document_fault("kind", limit))
    if assignment.files.count() >= MOST_FILES:
        raise Refused(document_fault("many", limit))
    kept = AnswerFile.objects.create(
        assignment=assignment, ref=secrets.token_urlsafe(16), name=name_kept(name, kind), kind=kind, size=len(content),
        content=content, made_by=actor, made_at=now(),
    )  # fmt: skip
    return {"name": kept.name, "size": kept.size, "ref": kept.ref}


def unused_files(moment: dt.datetime) -> list[AnswerFile]:
    """Files that no draft and no submission names, a week after they were sent."""
    old = AnswerFile.objects.filter(made_at__lt=moment - KEPT_UNUSED).select_related("assignment").defer("content")
    by_assignment: dict[int, list[AnswerFile]] = {}
    for one in old:
        by_assignment.setdefault(one.assignment_id, []).append(one)
    named = _refs(by_assignment)
    return [one for rows in by_assignment.values() for one in rows if one.ref not in named]


def forget_unused(*, moment: dt.datetime) -> int:
    """Destroy them, one by one. Returns how many."""
    gone = 0
    for one in unused_files(moment):
        with transaction.atomic():
            locked(one.assignment_id)
            if one.ref not in _refs([one.assignment_id]):
                gone += AnswerFile.objects.filter(pk=one.pk).delete()[0]
    return gone


def _refs(assignment_ids: Any) -> set[str]:
    ids = list(assignment_ids)
    found: set[str] = set()
    for rows in (
        Draft.objects.filter(assignment_id__in=ids).values_list("answers", flat=True),
        Submission.objects.filter(assignment_id__in=ids).values_list("answers", flat=True),
    ):
        for answers in rows:
            _gather(answers, found)
    return found


def _gather(value: Any, found: set[str]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("ref"), str):
            found.add(value["ref"])
        for one in value.values():
            _gather(one, found)
    elif isinstance(value, list):
        for one in value:
            _gather(one, found)
