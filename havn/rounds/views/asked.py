"""What the views have in common: whose desk it is, and the round or assignment that the address names."""

from django.http import Http404, HttpRequest

from havn.accounts.models import User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed
from havn.rounds.models import Assignment, Round
from havn.rounds.permissions import ANSWERERS, can_read, check_can_answer, check_can_run
from havn.rounds.queries.rounds import assignment_seen_by, round_of
from havn.tenancy.models import Centre

LARGEST_ID = 2**62


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose desk it is."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def actor_of(request: HttpRequest) -> User:
    """Who is signed in."""
    assert isinstance(request.user, User)
    return request.user


def round_here(request: HttpRequest, round_id: int) -> Round:
    """A round that this centre runs, for those who may run it. Http404 for any other."""
    found = round_of(centre_of(request), round_id) if round_id < LARGEST_ID else None
    if found is None:
        raise Http404
    check_can_run(actor_of(request), found.owner)
    return found


def assignment_here(request: HttpRequest, assignment_id: int, *, to_answer: bool = False) -> Assignment:
    """An assignment that this centre answers or whose round it runs. Http404 for any other.

    `to_answer`: only for those who may write its answers.
    """
    found = assignment_seen_by(centre_of(request), assignment_id) if assignment_id < LARGEST_ID else None
    if found is None:
        raise Http404
    if to_answer:
        check_can_answer(actor_of(request), found)
    elif not can_read(actor_of(request), found):
        raise NotAllowed(not_allowed_sentence(ANSWERERS))
    return found


def revision_read(sent: str | None) -> int:
    """The revision that a page showed, as its form sends it; 0, which no revision has, for anything else."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
