"""Making a round, and its board: every centre with where it stands, what is to be handled first."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.dates import weekday_and_day
from havn.common.errors import NotAllowed, Refused
from havn.rounds.actions import review as deciding
from havn.rounds.actions import rounds as actions
from havn.rounds.forms import CentresForm, DaysForm, RoundForm, days_of
from havn.rounds.models import Round
from havn.rounds.permissions import ANSWERERS, can_accept, check_can_run
from havn.rounds.queries.rounds import (
    Place,
    asked_already,
    board_of,
    centres_asked_last,
    centres_to_ask,
    next_to_handle,
    usable_versions,
)
from havn.rounds.rules.schedule import FRIDAY, closes_by_rule, is_late, opens_by_rule
from havn.rounds.rules.states import State
from havn.rounds.views.asked import actor_of, centre_of, revision_read, round_here
from havn.rounds.views.desk import shown
from havn.rounds.words import period_name, period_of_round, said_title, state_word
from havn.tenancy.models import Centre

MOST_AT_ONCE = 100


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A round of a frozen form for a period. Days that are left empty follow the rule."""
    owner = centre_of(request)
    check_can_run(actor_of(request), owner)
    among = centres_to_ask(owner)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        versions=usable_versions(owner),
        today=now().date(),
        among=among,
        initial={"centres": [one.pk for one in centres_asked_last(owner) or among]},
    )
    if request.method == "POST" and form.is_valid():
        _rule_has_not_gone_by(form, owner)
        if not form.cleaned_data["centres"]:
            form.add_error("centres", _("Tick at least one centre."))
        elif asked_already(owner, form.cleaned_data["version"], form.cleaned_data["period"]):
            form.add_error("period", _("This form is asked for this period already. Ask more centres in that round."))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.make_round(
                actor=actor_of(request),
                owner=owner,
                version=data["version"],
                period=data["period"],
                opens_on=data["opens_on"],
                closes_on=data["closes_on"],
                remind_days=data["remind_days"],
                note=data["note"],
                centres=data["centres"],
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("closes_on", refusal.sentence)
        else:
            messages.success(request, _("The round stands. It opens and closes by itself."))
            _tell_if_no_friday(request, made.closes_on)
            return redirect("rounds:round", round_id=made.pk)
    context = {"form": form, "alone": len(among) == 1}
    return render(request, "rounds/new.html", context, status=422 if form.errors else 200)


@staff(*ANSWERERS)
@require_safe
def board(request: HttpRequest, round_id: int) -> HttpResponse:
    """Centres by state; narrowed by a state, or to those that are late."""
    one = round_here(request, round_id)
    places = board_of(one)
    wanted = request.GET.get("state", "")
    context = {
        **_round(one),
        "rows": [shown(place) for place in places if _fits(place, wanted)],
        "filters": _filters(places, wanted),
        "all": len(places),
        "next": next_to_handle(one),
        "waiting": sum(place.assignment.state == State.SUBMITTED for place in places),
        "accepted": sum(place.assignment.state == State.ACCEPTED for place in places),
        "may_accept": can_accept(actor_of(request), one.owner),
        "may_delete": all(place.assignment.state == State.OPEN for place in places),
        "asks_itself": [place.assignment.centre_id for place in places] == [one.owner_id],
    }
    return render(request, "rounds/round.html", context)


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, round_id: int) -> HttpResponse:
    """Days, reminders and note of a round."""
    one = round_here(request, round_id)
    form = DaysForm(request.POST if request.method == "POST" else None, initial=days_of(one))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        opens = data["opens_on"] or opens_by_rule(one.last)
        closes = data["closes_on"] or closes_by_rule(one.form_version.form.kind, one.last)
        try:
            actions.change_round(
                actor=actor_of(request), one=one, opens_on=opens, closes_on=closes, remind_days=data["remind_days"],
                note=data["note"],
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("closes_on", refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            _tell_if_no_friday(request, closes)
            return redirect("rounds:round", round_id=one.pk)
    return render(request, "rounds/edit.html", {**_round(one), "form": form}, status=422 if form.errors else 200)


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, round_id: int) -> HttpResponse:
    """Who is asked. Whoever has begun stays."""
    one = round_here(request, round_id)
    asked = list(one.assignments.values_list("centre_id", flat=True))
    form = CentresForm(
        request.POST if request.method == "POST" else None,
        among=centres_to_ask(one.owner),
        initial={"centres": asked},
    )
    if request.method == "POST" and form.is_valid():
        added, gone = actions.choose_centres(
            actor=actor_of(request), one=one, centres=form.cleaned_data["centres"]
        )  # fmt: skip
        messages.success(request, _("Added: %(added)s. Taken out: %(gone)s.") % {"added": added, "gone": gone})
        return redirect("rounds:round", round_id=one.pk)
    return render(request, "rounds/assign.html", {**_round(one), "form": form}, status=422 if form.errors else 200)


@staff(*ANSWERERS)
@require_POST
def copy(request: HttpRequest, round_id: int) -> HttpResponse:
    """The same round for the next period, in one press."""
    one = round_here(request, round_id)
    try:
        made = actions.copy_round(actor=actor_of(request), one=one)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("rounds:round", round_id=one.pk)
    if is_late(made.closes_on, made.owner.time_zone, now()):
        messages.warning(request, _gone_by(made.closes_on))
        return redirect("rounds:edit", round_id=made.pk)
    messages.success(request, _("Copied for the next period. Look at the days."))
    return redirect("rounds:round", round_id=made.pk)


@staff(*ANSWERERS)
@require_POST
def accept_many(request: HttpRequest, round_id: int) -> HttpResponse:
    """Accept those that are ticked and wait for it."""
    one = round_here(request, round_id)
    own = {str(pk): pk for pk in one.assignments.values_list("pk", flat=True)}
    ticked = [value.partition(":") for value in request.POST.getlist("one")[:MOST_AT_ONCE]]
    revisions = {own[pk]: revision_read(revision) for pk, _colon, revision in ticked if pk in own}
    done, skipped = deciding.accept_many(actor=actor_of(request), revisions=revisions)
    sentence = ngettext("%(count)s answer accepted.", "%(count)s answers accepted.", done) % {"count": done}
    if skipped:
        sentence += " " + _("Not accepted, since they changed meanwhile: %(count)s.") % {"count": skipped}
    messages.success(request, sentence)
    return redirect("rounds:round", round_id=one.pk)


@staff(*ANSWERERS)
@require_POST
def publish_all(request: HttpRequest, round_id: int) -> HttpResponse:
    """Publish everything that is accepted."""
    one = round_here(request, round_id)
    done = deciding.publish_many(actor=actor_of(request), round_id=one.pk)
    messages.success(
        request, ngettext("%(count)s answer published.", "%(count)s answers published.", done) % {"count": done}
    )
    return redirect("rounds:round", round_id=one.pk)


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, round_id: int) -> HttpResponse:
    """Ask once, then throw away a round in which nobody has begun."""
    one = round_here(request, round_id)
    if request.method == "POST":
        try:
            actions.delete_round(actor=actor_of(request), one=one)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("rounds:round", round_id=one.pk)
        messages.success(request, _("The round is thrown away."))
        return redirect("rounds:desk")
    return render(request, "rounds/delete.html", _round(one))


def _rule_has_not_gone_by(form: RoundForm, owner: Centre) -> None:
    """Add an error where no closing day is chosen and that of the rule has gone by: nobody is late at once."""
    data = form.cleaned_data
    closes = closes_by_rule(data["version"].form.kind, data["period"].last)
    if data["closes_on"] is None and is_late(closes, owner.time_zone, now()):
        form.add_error("closes_on", _gone_by(closes))


def _gone_by(closes: dt.date) -> str:
    day = weekday_and_day(closes)
    return _("By the rule it would have closed on %(day)s, which has gone by. Choose a day.") % {"day": day}


def _tell_if_no_friday(request: HttpRequest, closes: dt.date) -> None:
    if closes.weekday() != FRIDAY:
        told = _("It closes on %(day)s. By the rule rounds close on a Friday: look whether this is what you want.")
        messages.warning(request, told % {"day": weekday_and_day(closes)})


def _round(one: Round) -> dict[str, Any]:
    return {"round": one, "title": said_title(one.form_version), "period": period_name(period_of_round(one))}


def _fits(place: Place, wanted: str) -> bool:
    if wanted == "late":
        return place.waits_late
    return wanted not in set(State) or place.assignment.state == wanted


def _filters(places: list[Place], wanted: str) -> list[dict[str, Any]]:
    """Each state that there is with its number, and late ones."""
    counts = {state: sum(place.assignment.state == state for place in places) for state in State}
    found = [
        {"code": state.value, "label": state_word(state), "count": count, "is_chosen": wanted == state}
        for state, count in counts.items() if count
    ]  # fmt: skip
    late = sum(place.waits_late for place in places)
    return (
        [*found, {"code": "late", "label": _("Late"), "count": late, "is_chosen": wanted == "late"}] if late else found
    )
