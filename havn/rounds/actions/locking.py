"""What every write of an assignment does first and last: lock it, and tell of the step."""

from django.utils.translation import gettext as _

from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.rounds.models import Assignment, Event
from havn.rounds.permissions import Actor, Key, check_side
from havn.rounds.rules.states import STEPS, WRITABLE, Move, after
from havn.rounds.words import state_sentence


def locked(assignment_id: int) -> Assignment:
    """The assignment with its round and centres, locked. Raises NotAllowed when it was taken away meanwhile."""
    found = Assignment.objects.select_for_update(of=("self",)).filter(pk=assignment_id)
    row = found.select_related("round__owner", "round__form_version__form", "centre").first()
    if row is None:
        raise NotAllowed(_("This centre is not asked in this round any more."))
    return row


def moved(actor: Actor, assignment: Assignment, move: Move, *, words: str = "", revision: int | None = None) -> None:
    """Check and make a step, and write it down. Raises NotAllowed, or Refused with where the assignment stands."""
    step = STEPS[move]
    check_side(actor, assignment, step.side)
    to = after(move, assignment.state)
    if to is None:
        raise Refused(state_sentence(assignment.state))
    if step.needs_words and not words.strip():
        raise Refused(_("Say in a sentence why."))
    assignment.state, assignment.changed_at = to, now()
    assignment.save()
    person, key = who(actor)
    Event.objects.create(
        assignment=assignment, move=move, revision=revision, words=words.strip(), by_id=person, by_key=key,
        at=assignment.changed_at,
    )  # fmt: skip


def told(actor: Actor, assignment: Assignment, action: str, **codes: int) -> None:
    """The line on the trails of both sides: the centre's, and the owner's when that is another.

    What a system did has the prefix of its key in place of a person.
    """
    person, key = who(actor)
    named = {"key": key} if key else {}
    centres = dict.fromkeys((assignment.centre_id, assignment.round.owner_id))
    for centre_id in centres:
        record(
            centre_id=centre_id, actor_id=person, action=action, service_id=None,
            subject=f"assignment:{assignment.pk}", **codes, **named,
        )  # fmt: skip


def who(actor: Actor) -> tuple[int | None, str]:
    """The number of a person, or the prefix of a system's key."""
    return (None, actor.prefix) if isinstance(actor, Key) else (actor.pk, "")


def is_writable(assignment: Assignment) -> bool:
    """Whether its answers can be changed now."""
    return assignment.state in WRITABLE
