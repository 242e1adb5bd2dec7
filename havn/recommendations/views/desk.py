"""The first screen: factsheets, what is due, rounds and their dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.recommendations import actions, words
from havn.recommendations.actions.rounds import SHIPPED
from havn.recommendations.forms_round import DaysForm, RoundForm
from havn.recommendations.models import Instrument, MonitoringRound
from havn.recommendations.permissions import (
    FILLERS,
    READERS,
    can_prepare,
    check_is_secretariat,
    dates_of,
    is_secretariat,
    today_in,
    validators_in,
)
from havn.recommendations.queries.due import open_follow_ups, to_validate, waiting, yours
from havn.recommendations.queries.factsheets import counted
from havn.recommendations.queries.named import chapters_named_for, parts_of
from havn.recommendations.rules.rounds import COMMENT, FILL, PREPARE, phases_on, proposed_dates
from havn.recommendations.rules.states import is_overdue
from havn.recommendations.views.asked import centre_of, factsheets_on, guest_sheets_on
from havn.tenancy.models import Centre


@staff(*READERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What this centre has to do with recommendations."""
    centre = centre_of(request)
    today = today_in(centre)
    person = request.user.pk or 0
    factsheets = counted(factsheets_on(request))
    queue = list(waiting(centre).select_related("validator"))
    mine = {one.pk for one in to_validate(centre, person, validators_in(centre))}
    own = list(yours(centre, person))
    parts = parts_of([one.factsheet_id for one in (*queue, *own)])
    rounds = MonitoringRound.objects.select_related("instrument")
    context = {
        "may_prepare": is_secretariat(request.user, centre),  # type: ignore[arg-type]
        "factsheets": [(sheet, words.country(sheet.party)) for sheet in factsheets],
        "may_load": not MonitoringRound.objects.filter(code=SHIPPED).exists(),
        "waiting": [
            (one, one.pk in mine, parts[one.factsheet_id, one.chapter_id])
            for one in sorted(queue, key=lambda one: one.pk not in mine)
        ],
        "yours": [(one, parts[one.factsheet_id, one.chapter_id]) for one in own],
        "chapters": [(part, words.parts_named(part, person)) for part in chapters_named_for(centre, person)],
        "open_sheets": [(sheet, words.country(sheet.party)) for sheet in guest_sheets_on(request)],
        "rounds": [(round, _phase_words(round, today)) for round in rounds],
        "due": [
            (one, is_overdue(due=one.due_on, today=today, is_done=False), words.status_of(one))
            for one in open_follow_ups(centre)
        ],
    }  # fmt: skip
    return render(request, "recommendations/desk.html", context)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def load_round(request: HttpRequest) -> HttpResponse:
    """Add the round that comes with Havn, with days of its own."""
    centre = _secretariat(request)
    proposed = vars(proposed_dates(today_in(centre)))
    form = DaysForm(request.POST if request.method == "POST" else None, initial=proposed)
    if request.method == "POST" and form.is_valid():
        actions.load_round(actor=request.user, centre=centre, **form.said())  # type: ignore[arg-type]
        messages.success(request, _("The round is here. Import factsheets."))
        return redirect("recommendations:desk")
    context = {"form": form, "name": actions.shipped()["round"]["name"]}
    return render(request, "recommendations/round.html", context, status=422 if form.errors else 200)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """A round with words of its own."""
    return _round_form(request, _secretariat(request), MonitoringRound())


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def round(request: HttpRequest, round_id: int) -> HttpResponse:
    """Change its words and its days."""
    return _round_form(request, _secretariat(request), get_object_or_404(MonitoringRound, pk=round_id))


def _secretariat(request: HttpRequest) -> Centre:
    centre = centre_of(request)
    check_is_secretariat(request.user, centre)  # type: ignore[arg-type]
    return centre


def _round_form(request: HttpRequest, centre: Centre, found: MonitoringRound) -> HttpResponse:
    is_prepared = not found.pk or can_prepare(request.user, centre, found)  # type: ignore[arg-type]
    form = RoundForm(request.POST if request.method == "POST" else None, instance=found, is_prepared=is_prepared)
    if request.method == "POST" and form.is_valid():
        actions.save_round(
            actor=request.user,  # type: ignore[arg-type]
            centre=centre,
            round=form.round(),
            instrument=_instrument(form) if form.cleaned_data["instrument"] is None else None,
        )
        messages.success(request, _("The round is saved."))
        return redirect("recommendations:desk")
    context = {"form": form, "round": found if found.pk else None, "is_prepared": is_prepared}
    return render(request, "recommendations/round.html", context, status=422 if form.errors else 200)


def _instrument(form: RoundForm) -> Instrument:
    data = form.cleaned_data
    return Instrument(code=data["code"], name=data["instrument_name"], body=data["instrument_body"])


def _phase_words(round: MonitoringRound, today: object) -> list[str]:
    named = {
        PREPARE: _("Being prepared"),
        FILL: _("The Party fills"),
        COMMENT: _("Others comment"),
    }
    found = phases_on(today, dates_of(round))  # type: ignore[arg-type]
    return [name for phase, name in named.items() if phase in found] or [_("Closed")]
