"""A care plan, for its child: asking for the code in a talk, and reading or deleting the plan with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.helpline.pages import with_tokens
from havn.helpline.views.public_visit import Visit, reading_page, show
from havn.limits.queries.plans import is_there
from havn.limits.queries.settings import settings_of


@reading_page
def plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What a plan is, and the button that shows its code once. Only where one was offered in this talk, and not
    where the browser saw the talk end."""
    there = is_there(visit.visitor.conversation_id, visit.visitor.key)
    context = {"there": there, "days": settings_of(visit.service.pk).plan_days}
    return show(request, visit, "limits/public_plan.html", context)


@public
@require_safe
def plan_open(request: HttpRequest) -> HttpResponse:
    """Type the code of a plan, to read or delete it."""
    return render(request, "limits/public_plan_open.html", with_tokens(request, {}))
