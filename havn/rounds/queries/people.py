"""The people who may answer for a centre."""

from django.db.models import QuerySet

from havn.accounts.models import Membership, User
from havn.rounds.models import Assignment
from havn.rounds.rules.roles import ANSWERS
from havn.tenancy.models import Centre


def answerers_of(centre: Centre) -> QuerySet[User]:
    """The active people of a centre who may answer its rounds, by name."""
    held = Membership.objects.filter(organisation__centre=centre, role__in=ANSWERS)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name", "pk")


def writers_of(assignment: Assignment) -> QuerySet[User]:
    """The people who may write this answer: the centre's own, or of whoever runs the round where those write."""
    own = assignment.centre.is_hosted and not assignment.is_visit
    return answerers_of(assignment.centre if own else assignment.round.owner)
