"""The questions, one part a page. Nothing is kept on the server before the child sends."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from havn.common.access import public
from havn.common.bucket import Bucket
from havn.common.clock import now, now_ms
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.live.public_forms import check_own_form, form_token
from havn.surveys.actions.taking import SurveyIsOver, TicketIsOver, take
from havn.surveys.asking import END, PREFIX, Asking
from havn.surveys.models import Survey, Wave
from havn.surveys.queries.surveys import can_answer, public_survey, wave_that_is_open, waves_of
from havn.surveys.rules.states import hour_of, ticket_is_over
from havn.surveys.sealing import Carried, seal, unseal, with_fresh_ticket
from havn.surveys.words import title_of

# A school of six hundred may send in the same minute; a machine that sends for ever has to wait like everybody.
_bucket = Bucket(per_second=20, burst=600)


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of questions, the next, the one before, or the end. No cookie, so the form is checked by its origin."""
    survey = public_survey(request.centre, slug)  # type: ignore[attr-defined]
    if survey is None:
        raise Http404
    if request.method != "POST":
        return redirect("surveys:survey", slug=slug)
    check_own_form(request)
    sealed = request.POST.get("state", "")
    carried = unseal(sealed) if sealed else None
    if sealed and carried is None:
        return _told(request, survey, "unreadable", 422)
    wave = _wave_of(survey, carried)
    if wave is None:
        return _told(request, survey, "over", 410)
    if carried is None:
        asking = Asking(wave, Carried(wave.pk, hour_of(now())))
        return _page(request, asking, asking.pages[0].key if asking.pages else END)
    return _go(request, Asking(wave, carried), request.POST.get("page", ""))


def _go(request: HttpRequest, asking: Asking, key: str) -> HttpResponse:
    asking.take_page(key, request.POST)
    if "back" in request.POST:
        return _page(request, asking, asking.before(key) or key)
    if key in asking.definition.by_key:
        checked = asking.faults_on(key)
        return _page(request, asking, key, checked) if checked.faults else _page(request, asking, asking.after(key))
    return _send(request, asking) if "send" in request.POST else _page(request, asking, END)


def _send(request: HttpRequest, asking: Asking) -> HttpResponse:
    wrong = asking.first_with_faults()
    if wrong:
        return _page(request, asking, wrong, asking.faults_on(wrong))
    if not asking.checked.answers:
        return _page(request, asking, END, problem="nothing", status=422)
    survey = asking.wave.survey
    if request.POST.get("website"):
        return redirect("surveys:thanks", slug=survey.slug)
    if not _bucket.take(asking.wave.pk, now_ms()):
        return _page(request, asking, END, problem="busy", status=503)
    carried = asking.carried
    try:
        take(wave_id=asking.wave.pk, answers=asking.checked.answers, number=carried.number, hour=carried.hour)
    except SurveyIsOver:
        return _told(request, survey, "over", 410)
    except TicketIsOver:
        return _page(request, asking, END, problem="old", status=422)
    return redirect("surveys:thanks", slug=survey.slug)


def _wave_of(survey: Survey, carried: Carried | None) -> Wave | None:
    if carried is None:
        return wave_that_is_open(survey, now())
    wave = waves_of(survey.centre).filter(survey=survey, pk=carried.wave_id).first()
    return wave if wave is not None and can_answer(wave, now()) else None


def _page(
    request: HttpRequest, asking: Asking, key: str, checked: forms.Checked | None = None, *, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    section, carried, moment = asking.definition.by_key.get(key), asking.carried, now()
    if ticket_is_over(carried.hour, moment):
        carried = with_fresh_ticket(carried, hour_of(moment))
    context: dict[str, Any] = {
        "survey": asking.wave.survey,
        "title": title_of(asking.wave.survey),
        "state": seal(carried),
        "form_token": form_token(),
        "page": section.key if section else END,
        "number": asking.number_of(key),
        "count": len(asking.pages),
        "has_before": bool(asking.before(key)),
        "problem": problem,
    }
    if section is not None:
        context["questions"] = forms.render(
            asking.page(section), asking.answers, language=reader_language(), prefix=PREFIX, checked=checked,
            values_shown=False,
        )  # fmt: skip
    return render(request, "surveys/public_questions.html", context, status=422 if checked else status)


def _told(request: HttpRequest, survey: Survey, why: str, status: int) -> HttpResponse:
    context = {"survey": survey, "title": title_of(survey), "why": why}
    return render(request, "surveys/public_over.html", context, status=status)
