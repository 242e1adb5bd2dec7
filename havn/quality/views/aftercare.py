"""Who wants to talk, for whoever leads the shift; and for the coordinator how much there was, over all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.views.desk_answers import actor_of, service_here
from havn.quality.permissions import can_manage, check_can_care
from havn.quality.queries.care import wishes_at
from havn.quality.queries.settings import day_at
from havn.quality.queries.sums import Sums, sums_of
from havn.quality.views.around import around
from havn.quality.words import step_words


@staff(*SUPERVISES)
@require_safe
def aftercare(request: HttpRequest) -> HttpResponse:
    """Names stand only where somebody has asked for a person; the sums are for coordinators and name nobody."""
    service, actor = service_here(request, *SUPERVISES), actor_of(request)
    check_can_care(actor, service)
    sums = sums_of(service.pk, today=day_at(service, now_ms())) if can_manage(actor, service) else None
    context = {
        **around(request, service, "aftercare", *SUPERVISES),
        "wishes": [
            {
                "wish": one,
                "since": from_ms(one.since_ms),
                "mine": one.user_id == actor.pk,
                "i_come": one.coming_id == actor.pk,
            }
            for one in wishes_at(service.pk)
        ],
        "sums": sums,
        "steps": _steps(sums),
    }
    return render(request, "quality/aftercare.html", context)


def _steps(sums: Sums | None) -> list[tuple[str, int | None]] | None:
    if sums is None or sums.steps is None:
        return None
    return [(words, count) for (_step, words), count in zip(step_words(), sums.steps, strict=True)]
