"""Letters after the first: reading the answer and writing again."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from havn.helpline.letters import read_parts
from havn.helpline.views.public_talk import messages_of, read_so_far
from havn.helpline.views.public_visit import Visit, show, visitor_page


@visitor_page
def letter_read(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The letter and what was answered."""
    if visit.page != "helpline:letter_read":
        return redirect(visit.page)
    shown = messages_of(visit)
    read_so_far(visit, shown[-1].view.seq if shown else 0)
    answered = any(one.view.kind == "text" and not one.view.mine for one in shown)
    parts = read_parts(visit.visitor, answered)
    context = {"messages": shown, "answered": answered, "letter_parts": parts}
    return show(request, visit, "helpline/public_letter_read.html", context)


@visitor_page
def letter_again(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write a further letter in the same thread."""
    if visit.page != "helpline:letter_read":
        return redirect(visit.page)
    return show(request, visit, "helpline/public_letter_again.html", {"client_id": str(uuid.uuid4())})
