"""Early warning: open signals and observations of all helplines, for the group alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.letterbox.rules.marks import marks_in
from havn.tenancy.models import Centre
from havn.trends import warning_pages, words
from havn.trends.actions import observing as actions
from havn.trends.forms import ObservationForm
from havn.trends.models import Observation
from havn.trends.permissions import GROUP, check_in_group
from havn.trends.queries.warning import OPEN_WEEKS, WEEK, meetings, monday_of, observations, open_signals
from havn.trends.views.asked import actor_of, centre_of
from havn.vocabularies import api as vocabularies


@staff(*GROUP)
@require_safe
def warning(request: HttpRequest) -> HttpResponse:
    """What is open, and the meetings."""
    centre = centre_of(request)
    check_in_group(actor_of(request), centre)
    since = monday_of(now().date()) - WEEK * OPEN_WEEKS
    context = {
        "signals": [warning_pages.signal_row(one, looking=centre) for one in open_signals(since=since)],
        "false_alarms": warning_pages.chance_of_false_alarm(len(_reasons())),
        "observations": [warning_pages.observation_row(one, looking=centre) for one in observations()],
        "meetings": meetings()[:20],
        "may_observe": centre.kind == Centre.Kind.NATIONAL,
        "may_call": centre.kind == Centre.Kind.NETWORK,
    }
    return render(request, "trends/desk_warning.html", context)


@staff(*GROUP)
@require_http_methods(["GET", "HEAD", "POST"])
def observe(request: HttpRequest) -> HttpResponse:
    """Write an observation. What might tell who somebody is is shown, and must be looked at, before it is kept."""
    centre, actor = centre_of(request), actor_of(request)
    check_in_group(actor, centre)
    form = ObservationForm(request.POST or None, reasons=_reasons(), initial={"week": now().date()})
    marks: list[str] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        marks = sorted({mark.text for mark in marks_in(data["text"], reader_language())})
        if marks and not data["looked"]:
            form.add_error("looked", _("Some words might tell who a child is. Change them, or look at each."))
        else:
            refused = _keep(request, centre, data)
            if refused is None:
                return redirect("trends:warning")
            form.add_error(None, refused)
    context = {"form": form, "marks": marks, "chosen": form["reasons"].value() or []}
    return render(request, "trends/desk_observe.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> str | None:
    try:
        actions.observe(
            actor=actor_of(request), centre=centre, week=data["week"], text=data["text"], reasons=data["reasons"],
            language=reader_language(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refusal:
        return refusal.sentence
    messages.success(request, _("The observation is kept. The early-warning group sees it."))
    return None


@staff(*GROUP)
@require_POST
def confirm(request: HttpRequest, observation_id: int) -> HttpResponse:
    """This centre's helpline sees the same."""
    check_in_group(actor_of(request), centre_of(request))
    said = request.POST.get("words", "").replace("\x00", "")
    if marks_in(said, reader_language()) and request.POST.get("looked") != "1":
        raise Refused(_("Some words might tell who a child is. Go back, change them, or tick that you looked at each."))
    actions.confirm(
        actor=actor_of(request), centre=centre_of(request), observation=_observation(observation_id), words=said
    )
    messages.success(request, _("Your centre has confirmed this observation."))
    return redirect("trends:warning")


@staff(*GROUP)
@require_POST
def take_back(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Destroy an observation of this centre."""
    check_in_group(actor_of(request), centre_of(request))
    actions.take_back(actor=actor_of(request), centre=centre_of(request), observation=_observation(observation_id))
    messages.success(request, _("The observation is destroyed."))
    return redirect("trends:warning")


def _observation(observation_id: int) -> Observation:
    found = Observation.objects.filter(pk=observation_id).first()
    if found is None:
        raise Http404
    return found


def _reasons() -> list[tuple[str, str]]:
    terms = vocabularies.terms_of("reason", on=now().date())
    return [(term.code, words.label("reason", term.code)) for term in terms]
