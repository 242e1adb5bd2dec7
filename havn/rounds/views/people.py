"""Who answers for the centre."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.rounds.actions.drafts import take_over
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.people import answerers_of
from havn.rounds.views.asked import actor_of, assignment_here


@staff(*ANSWERERS)
@require_POST
def become_responsible(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Become responsible, and name who answers in one's place."""
    assignment = assignment_here(request, assignment_id, to_answer=True)
    wanted = request.POST.get("alternate", "")
    people = {str(one.pk): one.pk for one in answerers_of(assignment.centre)}
    take_over(actor=actor_of(request), assignment_id=assignment.pk, alternate_id=people.get(wanted))
    messages.success(request, _("Saved."))
    return redirect("rounds:review", assignment_id=assignment.pk)
