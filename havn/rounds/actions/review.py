"""What whoever runs a round does with what came in: ask back, accept, publish, open again. And words of either side."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.clock import now
from havn.common.errors import Refused
from havn.rounds.actions.locking import locked, moved, told
from havn.rounds.hooks import acceptance_told
from havn.rounds.models import LONGEST_COMMENT, Assignment, Comment, Submission
from havn.rounds.permissions import can_run, check_can_comment
from havn.rounds.rules.states import Move, after


@transaction.atomic
def ask_back(*, actor: User, assignment_id: int, questions: Mapping[str, str], words: str = "") -> Assignment:
    """Send it back with a sentence at each question that is asked about. Raises Refused without any."""
    assignment = locked(assignment_id)
    asked = {key: text.strip() for key, text in questions.items() if text.strip()}
    moved(actor, assignment, Move.QUERY, words=words)
    if not asked and not words.strip():
        raise Refused(_("Write what you ask, at a question or for the whole."))
    if any(len(text) > LONGEST_COMMENT for text in asked.values()):
        raise Refused(_("A question back has at most 2,000 characters."))
    moment = now()
    Comment.objects.bulk_create(
        Comment(assignment=assignment, question=key, text=text, asks=True, by_runner=True, by=actor, at=moment)
        for key, text in asked.items()
    )
    told(actor, assignment, "rounds.asked_back", questions=len(asked))
    return assignment


@transaction.atomic
def accept(*, actor: User, assignment_id: int) -> Submission:
    """Accept the newest revision. Apps that registered are told when it is stored."""
    assignment = locked(assignment_id)
    sent = assignment.submissions.first()
    moved(actor, assignment, Move.ACCEPT, revision=sent.revision if sent else None)
    if sent is None:
        raise Refused(_("Nothing has been sent in."))
    sent.accepted_by, sent.accepted_at = actor, assignment.changed_at
    sent.save(update_fields=["accepted_by", "accepted_at"])
    if assignment.accepted_at is None:
        assignment.accepted_at = assignment.changed_at
        assignment.save(update_fields=["accepted_at"])
    told(actor, assignment, "rounds.accepted", revision=sent.revision)
    acceptance_told(assignment.pk)
    return sent


def accept_many(*, actor: User, assignment_ids: Iterable[int]) -> tuple[int, int]:
    """Accept each of these that waits for it, one transaction each. Returns how many were accepted and how many not."""
    done = skipped = 0
    for assignment_id in dict.fromkeys(assignment_ids):
        state = Assignment.objects.filter(pk=assignment_id).values_list("state", flat=True).first()
        if state is None or after(Move.ACCEPT, state) is None:
            skipped += 1
            continue
        accept(actor=actor, assignment_id=assignment_id)
        done += 1
    return done, skipped


@transaction.atomic
def publish(*, actor: User, assignment_id: int) -> Assignment:
    """Say that what was accepted stands, for everybody who may see the network's figures."""
    assignment = locked(assignment_id)
    moved(actor, assignment, Move.PUBLISH)
    told(actor, assignment, "rounds.published")
    return assignment


def publish_many(*, actor: User, round_id: int) -> int:
    """Publish everything of a round that is accepted, one transaction each. Returns how many."""
    ids = Assignment.objects.filter(round_id=round_id, state="accepted").values_list("pk", flat=True)
    for assignment_id in list(ids):
        publish(actor=actor, assignment_id=assignment_id)
    return len(ids)


@transaction.atomic
def reopen(*, actor: User, assignment_id: int, words: str) -> Assignment:
    """Open it for a correction, saying why. What was accepted stays in use until the correction is accepted."""
    assignment = locked(assignment_id)
    moved(actor, assignment, Move.REOPEN, words=words[:LONGEST_COMMENT])
    told(actor, assignment, "rounds.reopened")
    return assignment


@transaction.atomic
def comment(*, actor: User, assignment_id: int, question: str, text: str) -> Comment:
    """A word at one question, for both sides to read."""
    assignment = locked(assignment_id)
    check_can_comment(actor, assignment)
    words = text.strip()
    if not words:
        raise Refused(_("Write something first."))
    if len(words) > LONGEST_COMMENT:
        raise Refused(_("A comment has at most 2,000 characters."))
    runs = assignment.centre_id != assignment.round.owner_id and can_run(actor, assignment.round.owner)
    said = Comment.objects.create(
        assignment=assignment, question=question, text=words, by_runner=runs, by=actor, at=now()
    )  # fmt: skip
    told(actor, assignment, "rounds.commented")
    return said
