"""The return code: showing it, and coming back with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.helpline.pages import with_tokens
from havn.helpline.views.public_visit import Visit, show, visitor_page
from havn.live.models import ReturnCode


@public
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Type a return code."""
    context = {"over": request.GET.get("over") == "1"}
    return render(request, "helpline/public_code.html", with_tokens(request, context))


@visitor_page
def keep(request: HttpRequest, visit: Visit) -> HttpResponse:
    """ "Come back later": the code in clear, only when it is asked for."""
    return show(request, visit, "helpline/public_keep.html", code_context(visit))


@visitor_page
def letter_sent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A letter was stored: its code at once, since it is the only way to the answer."""
    return show(request, visit, "helpline/public_letter_sent.html", code_context(visit))


def code_context(visit: Visit) -> dict[str, object]:
    """The code in groups, and whether the child has said that none is wanted."""
    row = ReturnCode.objects.filter(conversation_id=visit.visitor.conversation_id).first()
    return {
        "code": visit.visitor.code if row else "",
        "code_groups": visit.visitor.code.split("-"),
        "unwanted": bool(row and row.unwanted),
    }
