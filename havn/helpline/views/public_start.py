"""Where a chat or a letter begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.helpline.pages import letter_context, start_context, with_tokens
from havn.helpline.views.public_visit import visit_of
from havn.tenancy.models import Centre


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The start of a chat: who answers, what stays secret, and the button."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = start_context(centre, get_language() or "en", {"service": request.GET.get("service", "")})
    visit = visit_of(request)
    if visit is not None:
        context |= {"visit_open": True, "visit_url": reverse(visit.page)}
    return render(request, "helpline/public_start.html", with_tokens(request, context))


@public
@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """The first letter."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = letter_context(centre, get_language() or "en", {"service": request.GET.get("service", "")})
    return render(request, "helpline/public_letter.html", with_tokens(request, context))
