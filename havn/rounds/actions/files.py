"""Documents as answers: looked at before they are kept, and gone when no answer names them any more."""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction

from havn.common.clock import now
from havn.common.errors import Refused
from havn.rounds.actions.locking import is_writable, locked, who
from havn.rounds.looking import looked_at
from havn.rounds.models import AnswerFile, Draft, Submission
from havn.rounds.permissions import Actor, check_can_answer
from havn.rounds.rules.documents import LARGEST, NotTaken, as_kept, name_kept
from havn.rounds.words import document_fault, state_sentence

KEPT_UNUSED = dt.timedelta(days=7)
MOST_FILES = 60
"""Of one assignment: more is a slip or a flood."""


def keep_file(
    *, actor: Actor, assignment_id: int, name: str, content: bytes, kinds: tuple[str, ...], largest: int
) -> dict[str, Any]:
    """Look at a document, keep it, and return it as an answer: {"name", "size", "ref"}. Not within a transaction.

    Raises Refused, with a sentence, for what is too large, empty, another kind of file than its name says, or holds
    what no document may hold.
    """
    limit = largest_of(largest)
    if not content or len(content) > limit:
        raise Refused(document_fault("size", limit))
    try:
        kind = looked_at(name, content, kinds)
    except NotTaken as why:
        raise Refused(document_fault(str(why), limit)) from None
    return _keep(actor, assignment_id, name_kept(name, kind), kind, as_kept(kind, content))


def largest_of(asked: int) -> int:
    """How many bytes a document may have where a question asks for at most so many; 0: it does not say."""
    return min(asked or LARGEST, LARGEST)


@transaction.atomic
def _keep(actor: Actor, assignment_id: int, name: str, kind: str, content: bytes) -> dict[str, Any]:
    assignment = locked(assignment_id)
    check_can_answer(actor, assignment)
    if not is_writable(assignment):
        raise Refused(state_sentence(assignment.state))
    if assignment.files.count() >= MOST_FILES:
        raise Refused(document_fault("many", LARGEST))
    kept = AnswerFile.objects.create(
        assignment=assignment, ref=secrets.token_urlsafe(16), name=name, kind=kind, size=len(content), content=content,
        made_by_id=who(actor)[0], made_at=now(),
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
