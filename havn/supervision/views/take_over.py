"""Taking a talk over: the step between the press and the deed, which needs no script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.forms_desk import whole_number
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.views.desk_answers import actor_of, desk_address, keys_of, turn_here
from havn.supervision.actions import take_over as actions
from havn.supervision.permissions import check_can_take_over


@staff(*SUPERVISES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, talk: int) -> HttpResponse:
    """Say why, and what happens then; taken over when it is pressed, from the counsellor whom the page named."""
    turn = turn_here(request, talk)
    check_can_take_over(actor_of(request), turn)
    reason, said = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            actions.take_over(
                actor=actor_of(request),
                conversation_id=turn.pk,
                from_id=whole_number(request.POST.get("from"), 0),
                reason=reason,
                keyring=keys_of(request),
                now_ms=now_ms(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            said = refusal.sentence
        else:
            messages.success(request, _("You go on with this talk. The child has been told."))
            return HttpResponseRedirect(desk_address(turn.service, turn.pk))
    context = {"turn": turn, "reason": reason, "said": said, "back": desk_address(turn.service, turn.pk)}
    return render(request, "supervision/take_over.html", context, status=409 if said else 200)
