"""Who answers for a centre, who runs its rounds, and who may accept and publish."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.rounds.models import Assignment, Round
from havn.rounds.rules.roles import ACCEPTS, ANSWERS, RUNS
from havn.rounds.rules.states import Side
from havn.tenancy.models import Centre

ANSWER, RUN, ACCEPT = "rounds.answer", "rounds.run", "rounds.accept"
ANSWERERS = tuple(Role(role) for role in ANSWERS)
RUNNERS = tuple(Role(role) for role in RUNS)
ACCEPTORS = tuple(Role(role) for role in ACCEPTS)


@dataclass(frozen=True)
class Key:
    """A system that holds a key of a centre, in place of a person."""

    prefix: str
    centre_id: int


Actor = User | Key


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(ANSWER, gettext_lazy("Answer the rounds that one's centre is asked in"), *ANSWERERS)
    register_permission(RUN, gettext_lazy("Make rounds, see who has answered, and ask back"), *RUNNERS)
    register_permission(ACCEPT, gettext_lazy("Accept and publish what came in, and open it again"), *ACCEPTORS)


def can_run(actor: Actor, owner: Centre) -> bool:
    """Whether somebody may make and lead the rounds of this centre."""
    return _may(actor, owner, RUN)


def check_can_run(actor: Actor, owner: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_run`."""
    _check(can_run(actor, owner), RUN)


def can_accept(actor: Actor, owner: Centre) -> bool:
    """Whether somebody may accept, publish and re-open in the rounds of this centre."""
    return _may(actor, owner, ACCEPT)


def check_can_accept(actor: Actor, owner: Centre) -> None:
    """Raise NotAllowed, naming who may, unless `can_accept`."""
    _check(can_accept(actor, owner), ACCEPT)


def can_answer(actor: Actor, assignment: Assignment) -> bool:
    """Whether somebody may write this centre's answer.

    For a centre that does not run on this installation, whoever runs the round writes down what it sent; of a visit the
    visiting team writes, which runs the round.
    """
    if assignment.is_visit:
        return can_run(actor, assignment.round.owner)
    if isinstance(actor, Key):
        return actor.centre_id == assignment.centre_id
    if _may(actor, assignment.centre, ANSWER):
        return True
    return not assignment.centre.is_hosted and can_run(actor, assignment.round.owner)


def check_can_answer(actor: Actor, assignment: Assignment) -> None:
    """Raise NotAllowed, naming who may, unless `can_answer`."""
    if assignment.is_visit and not can_answer(actor, assignment):
        raise NotAllowed(_("Whoever runs this round writes about the visit. Your centre reads it and comments."))
    _check(can_answer(actor, assignment), ANSWER)


def can_read(actor: Actor, assignment: Assignment) -> bool:
    """Whether somebody may see answers and what passed: the centre itself, and whoever runs the round."""
    if can_answer(actor, assignment) or can_run(actor, assignment.round.owner):
        return True
    return assignment.is_visit and _may(actor, assignment.centre, ANSWER)


def can_name(actor: Actor, assignment: Assignment) -> bool:
    """Whether somebody may say who answers: a coordinator of the centre that writes, and whoever runs the round."""
    if can_run(actor, assignment.round.owner):
        return True
    return not assignment.is_visit and can_accept(actor, assignment.centre)


def check_can_name(actor: Actor, assignment: Assignment) -> None:
    """Raise NotAllowed, naming who may, unless `can_name`."""
    _check(can_name(actor, assignment), ACCEPT)


def check_can_comment(actor: Actor, assignment: Assignment) -> None:
    """Raise NotAllowed unless somebody stands on either side."""
    _check(can_read(actor, assignment), ANSWER)


def check_is_of(actor: Actor, centre: Centre, code: str) -> None:
    """Raise NotAllowed unless somebody may do this in this centre."""
    _check(_may(actor, centre, code), code)


def check_side(actor: Actor, assignment: Assignment, side: Side) -> None:
    """Raise NotAllowed unless somebody stands on this side of the assignment."""
    match side:
        case Side.ANSWERS:
            check_can_answer(actor, assignment)
        case Side.RUNS:
            check_can_run(actor, assignment.round.owner)
        case Side.ACCEPTS:
            check_can_accept(actor, assignment.round.owner)


def check_round(actor: Actor, one: Round) -> None:
    """Raise NotAllowed unless somebody may lead this round."""
    check_can_run(actor, one.owner)


def _may(actor: Actor, centre: Centre, code: str) -> bool:
    return not isinstance(actor, Key) and bool(roles_in_centre(actor, centre) & set(roles_that_may(code)))


def _check(allowed: bool, code: str) -> None:
    if not allowed:
        raise NotAllowed(not_allowed_sentence(roles_that_may(code)) or _("You may not do this."))
