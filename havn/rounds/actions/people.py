"""Naming who answers for a centre."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.rounds.actions.locking import locked, told
from havn.rounds.models import Assignment
from havn.rounds.permissions import check_can_name
from havn.rounds.queries.people import writers_of


@transaction.atomic
def name_people(
    *, actor: User, assignment_id: int, responsible_id: int | None, alternate_id: int | None
) -> Assignment:  # fmt: skip
    """Say who is responsible and who answers in their place; None is nobody.

    Raises Refused when one of them may not answer here.
    """
    assignment = locked(assignment_id)
    check_can_name(actor, assignment)
    named = {one for one in (responsible_id, alternate_id) if one is not None}
    if writers_of(assignment).filter(pk__in=named).count() != len(named):
        raise Refused(_("Choose somebody who may answer here."))
    assignment.responsible_id = responsible_id
    assignment.alternate_id = alternate_id if alternate_id != responsible_id else None
    assignment.save(update_fields=["responsible", "alternate"])
    told(actor, assignment, "rounds.people_named")
    return assignment
