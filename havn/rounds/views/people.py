"""Who answers for the centre."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.rounds.actions.drafts import take_over
from havn.rounds.actions.people import name_people
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.people import writers_of
from havn.rounds.views.asked import actor_of, assignment_here
from havn.rounds.views.reading import Typed, refused_page

NOBODY_HERE = 0


@staff(*ANSWERERS)
@require_POST
def become_responsible(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Become responsible, and name who answers in one's place. A coordinator also names somebody else."""
    assignment = assignment_here(request, assignment_id)
    writers = {str(one.pk): one.pk for one in writers_of(assignment)}
    actor, alternate = actor_of(request), request.POST.get("alternate", "")
    try:
        if "responsible" in request.POST:
            responsible = request.POST["responsible"]
            name_people(
                actor=actor, assignment_id=assignment.pk,
                responsible_id=writers.get(responsible, NOBODY_HERE) if responsible else None,
                alternate_id=writers.get(alternate, NOBODY_HERE) if alternate else None,
            )  # fmt: skip
        else:
            take_over(actor=actor, assignment_id=assignment.pk, alternate_id=writers.get(alternate))
    except NotAllowed:
        raise
    except Refused as refusal:
        people = {"responsible": request.POST.get("responsible", ""), "alternate": alternate}
        return refused_page(request, assignment, Typed(people=people, people_fault=refusal.sentence), status=422)
    messages.success(request, _("Saved."))
    return redirect("rounds:review", assignment_id=assignment.pk)
