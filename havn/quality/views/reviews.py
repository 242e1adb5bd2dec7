"""The drawn talks that wait for review, with their clocks; drawing; and for the coordinator the scores over all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.rules.roles import MANAGES, SUPERVISES
from havn.helpline.views.desk_answers import actor_of, service_here
from havn.quality.actions.drawing import draw_week
from havn.quality.permissions import can_manage, check_can_care
from havn.quality.queries.reviews import HalfYear, draw_of_week, half_years, reviews_waiting
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.rules.load import week_of
from havn.quality.views.around import around
from havn.quality.words import value_words


@staff(*SUPERVISES)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """No word of any talk, and not whose it was."""
    service, actor = service_here(request, *SUPERVISES), actor_of(request)
    check_can_care(actor, service)
    settings, may_manage = quality_of(service.pk), can_manage(actor, service)
    today = day_at(service, now_ms())
    drawn = draw_of_week(service.pk, week_of(today))
    context = {
        **around(request, service, "reviews", *SUPERVISES),
        "waiting": reviews_waiting(service.pk, actor),
        "settings": settings,
        "drawn": drawn,
        "seed": bytes(drawn.seed).hex() if drawn else "",
        "may_draw": may_manage and settings.sample_count > 0 and drawn is None,
        "half_years": _shown(half_years(service.pk, today=today)) if may_manage else None,
    }
    return render(request, "quality/reviews.html", context)


@staff(*MANAGES)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw this week's talks before the night does."""
    service = service_here(request, *MANAGES)
    try:
        made = draw_week(service=service, actor=actor_of(request), now_ms=now_ms())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, _("Drawn: %(drawn)s of %(among)s talks.") % {"drawn": made.drawn, "among": made.among}
        )
    return HttpResponseRedirect(f"{reverse('quality:reviews')}?service={service.pk}")


def _shown(found: list[HalfYear]) -> list[dict[str, Any]]:
    language = reader_language()
    shown = []
    for one in found:
        rows = []
        for criterion, counts in one.criteria:
            text, spoken = criterion.said_in(language)
            words = dict(value_words(criterion.scale))
            if counts is not None:
                values = [(words[value], count) for value, count in counts]
                rows.append({"text": text, "language": spoken, "values": values})
        shown.append({"name": one.name, "rows": rows})
    return shown
