""" "My duty load": what hard talks somebody has had, what they answered, and deleting it. Nobody else opens it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, service_here
from havn.quality.actions import forgetting
from havn.quality.queries.care import weeks_of, wish_of
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.views.around import around
from havn.quality.words import step_words, wish_words
from havn.tenancy.models import Service


@staff(*WORKS)
@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """Week by week, with each duty and each answer."""
    service, actor = service_here(request), actor_of(request)
    weeks = weeks_of(actor.pk, service.pk, today=day_at(service, now_ms()))
    wish = wish_of(service.pk, actor.pk)
    context = {
        **around(request, service, "load"),
        "weeks": weeks,
        "most": max((one.talks for one in weeks), default=1) or 1,
        "keep_weeks": quality_of(service.pk).keep_weeks,
        "wish": wish,
        "since": from_ms(wish.since_ms) if wish else None,
        "steps": dict(step_words()),
        "wishes": dict(wish_words()),
    }
    return render(request, "quality/load.html", context)


@staff(*WORKS)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete all of one's own."""
    service = service_here(request)
    forgetting.forget_mine(actor=actor_of(request), service=service)
    messages.success(request, _("It is deleted."))
    return _list(service)


@staff(*WORKS)
@require_POST
def forget_answer(request: HttpRequest, answer: int) -> HttpResponse:
    """Delete one answer."""
    service = forgetting.forget_answer(actor=actor_of(request), answer_id=answer)
    messages.success(request, _("It is deleted."))
    return _list(service)


def _list(service: Service) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('quality:load')}?service={service.pk}")
