"""Sending answers in, and taking them back while nobody has handled them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.errors import Refused
from havn.rounds.actions.locking import locked, moved, told, who
from havn.rounds.models import Assignment, Draft, Submission
from havn.rounds.permissions import Actor
from havn.rounds.rules.states import Move


@transaction.atomic
def send_in(
    *,
    actor: Actor,
    assignment_id: int,
    seen: int,
    answers: Mapping[str, Any],
    values: Mapping[str, Any],
    warnings: Mapping[str, str],
    words: str = "",
) -> Submission:
    """Send the draft in as a revision of its own.

    `answers` and `values` are what checking the draft of version `seen` gave, without any error; `warnings` are the
    checks that did not hold, each with the sentence that explains it. Raises Refused when the draft changed since, or
    when a sentence is missing.
    """
    assignment = locked(assignment_id)
    draft = Draft.objects.select_for_update(of=("self",)).filter(assignment=assignment).first()
    if draft is None:
        raise Refused(_("Nothing has been answered here yet."))
    revision = (assignment.submissions.aggregate(last=Max("revision"))["last"] or 0) + 1
    moved(actor, assignment, Move.SUBMIT, words=words, revision=revision)
    if draft.version != seen:
        raise Refused(_("Somebody changed the answers meanwhile. Look at them once more, then send them in."))
    if any(not sentence.strip() for sentence in warnings.values()):
        raise Refused(_("Explain each warning in a sentence."))
    moment = now()
    person, _key = who(actor)
    sent = Submission.objects.create(
        assignment=assignment,
        revision=revision,
        answers=dict(answers),
        values=dict(values),
        taken={key: one for key, one in draft.taken.items() if key in answers},
        explained={key: sentence.strip() for key, sentence in warnings.items()},
        sent_by_id=person,
        sent_at=moment,
    )
    draft.answers, draft.explained, draft.version = sent.answers, sent.explained, draft.version + 1
    draft.forgotten = draft.version
    draft.save()
    draft.changes.all().delete()
    if assignment.submitted_at is None:
        assignment.submitted_at = moment
        assignment.save(update_fields=["submitted_at"])
    told(actor, assignment, "rounds.sent_in", revision=revision)
    return sent


@transaction.atomic
def take_back(*, actor: Actor, assignment_id: int) -> Assignment:
    """Make it a draft again before the coordinator has said anything. What was sent stays as a revision."""
    assignment = locked(assignment_id)
    moved(actor, assignment, Move.TAKE_BACK)
    told(actor, assignment, "rounds.taken_back")
    return assignment
