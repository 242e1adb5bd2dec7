"""Where a chat or a letter begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.clock import now_ms
from havn.common.language import reader_language
from havn.helpline.chats import closed_for
from havn.helpline.easy import FIELD
from havn.helpline.pages import letter_context, start_context, visit_left_behind, with_tokens
from havn.helpline.views.public_visit import visit_of
from havn.tenancy.models import Centre


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The start of a chat: who answers, what stays secret, and the button."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = start_context(centre, reader_language(), _asked(request))
    visit = visit_of(request)
    closed = closed_for(request.COOKIES, visit.visitor if visit else None, centre, now_ms())
    if closed is not None:
        return render(request, closed.template, with_tokens(request, context | {"closed": closed.values}))
    # An ended talk is no place to go on: only the code opens it.
    if visit is not None and not visit.is_over:
        context |= {"visit_open": True, "visit_url": reverse(visit.page)}
    return render(request, "helpline/public_start.html", with_tokens(request, context))


@public
@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """The first letter. Whoever has a chat open is told that the letter takes its place in this browser."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = letter_context(centre, reader_language(), _asked(request))
    visit = visit_of(request)
    context["left_behind"] = visit_left_behind(visit.visitor if visit else None)
    return render(request, "helpline/public_letter.html", with_tokens(request, context))


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("service", FIELD)}
