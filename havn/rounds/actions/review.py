"""What whoever runs a round does with what came in: ask back, accept, publish, open again. And words of either side."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.rounds.actions.locking import locked, moved, told
from havn.rounds.hooks import acceptance_told
from havn.rounds.models import LONGEST_COMMENT, Assignment, Comment, Submission
from havn.rounds.permissions import can_run, check_can_comment
from havn.rounds.rules.states import Move, State


@transaction.atomic
def ask_back(
    *, actor: User, assignment_id: int, revision: int, questions: Mapping[str, str], words: str = ""
) -> Assignment:
    """Send it back with a sentence at each question that is asked about.

    Raises Refused without any, and when `revision`, which was read, is not the newest any more.
    """
    assignment = locked(assignment_id)
    asked = {key: text.strip() for key, text in questions.items() if text.strip()}
    moved(actor, assignment, Move.QUERY, words=words)
    _read(assignment, revision)
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
def accept(*, actor: User, assignment_id: int, revision: int) -> Submission:
    """Accept the revision that was read. Apps that registered are told when it is stored.

    Raises Refused when it is not the newest any more.
    """
    assignment = locked(assignment_id)
    moved(actor, assignment, Move.ACCEPT, revision=revision)
    sent = _read(assignment, revision)
    sent.accepted_by, sent.accepted_at = actor, assignment.changed_at
    sent.save(update_fields=["accepted_by", "accepted_at"])
    if assignment.accepted_at is None:
        assignment.accepted_at = assignment.changed_at
        assignment.save(update_fields=["accepted_at"])
    told(actor, assignment, "rounds.accepted", revision=sent.revision)
    acceptance_told(assignment.pk)
    return sent


def accept_many(*, actor: User, revisions: Mapping[int, int]) -> tuple[int, int]:
    """Accept these revisions by assignment, one transaction each.

    Returns how many were accepted, and how many not: they do not wait for it, or have sent another revision since.
    """
    done = 0
    for assignment_id, revision in revisions.items():
        try:
            accept(actor=actor, assignment_id=assignment_id, revision=revision)
        except NotAllowed:
            raise
        except Refused:
            continue
        done += 1
    return done, len(revisions) - done


@transaction.atomic
def publish(*, actor: User, assignment_id: int) -> Assignment:
    """The round is done for this centre, and "you and the network" of the others counts its accepted answer."""
    assignment = locked(assignment_id)
    moved(actor, assignment, Move.PUBLISH)
    accepted = assignment.submissions.filter(accepted_at__isnull=False).order_by("-revision").first()
    assert accepted is not None
    accepted.published_at = assignment.changed_at
    accepted.save(update_fields=["published_at"])
    if assignment.published_at is None:
        assignment.published_at = assignment.changed_at
        assignment.save(update_fields=["published_at"])
    told(actor, assignment, "rounds.published")
    return assignment


def publish_many(*, actor: User, round_id: int) -> int:
    """Publish everything of a round that is accepted, one transaction each. Returns how many.

    What somebody opens again in the same moment is left out.
    """
    done = 0
    ids = Assignment.objects.filter(round_id=round_id, state=State.ACCEPTED).order_by("accepted_at", "pk")
    for assignment_id in list(ids.values_list("pk", flat=True)):
        try:
            publish(actor=actor, assignment_id=assignment_id)
        except NotAllowed:
            raise
        except Refused:
            continue
        done += 1
    return done


@transaction.atomic
def reopen(*, actor: User, assignment_id: int, words: str) -> Assignment:
    """Open it for a correction, saying why. What was accepted, and published, stays in use until its correction is."""
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


def _read(assignment: Assignment, revision: int) -> Submission:
    """The newest revision, if that is the one that was read."""
    sent = assignment.submissions.first()
    if sent is None or sent.revision != revision:
        raise Refused(_("Another revision was sent in meanwhile. Read that one first."))
    return sent
