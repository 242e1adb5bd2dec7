"""What a centre is asked, and the rounds that it runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.rounds.actions.addresses import save_address
from havn.rounds.forms import AddressForm
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.addresses import address_of
from havn.rounds.queries.rounds import Place, places_of, rounds_run_by
from havn.rounds.views.asked import actor_of, centre_of
from havn.rounds.words import period_name, period_of_round, said_title, state_colour, state_word


@staff(*ANSWERERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is open first, then what is done; below, the rounds of this centre with how far they are."""
    centre = centre_of(request)
    context = {
        "places": [shown(place) for place in places_of(centre)],
        "rounds": [
            {"tally": one, "title": said_title(one.round.form_version), "period": _period(one.round)}
            for one in rounds_run_by(centre)
        ],
        "is_network": centre.kind == centre.Kind.NETWORK,
    }
    return render(request, "rounds/desk.html", context)


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Where letters about rounds go, if anywhere."""
    centre = centre_of(request)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"address": address_of(centre)})
    if request.method == "POST" and form.is_valid():
        save_address(actor=actor_of(request), centre=centre, address=form.cleaned_data["address"])
        messages.success(request, _("Saved."))
        return redirect("rounds:settings")
    return render(request, "rounds/settings.html", {"form": form}, status=422 if form.errors else 200)


def shown(place: Place) -> dict[str, Any]:
    """One centre in a round as lists show it."""
    one = place.assignment.round
    return {
        "place": place,
        "assignment": place.assignment,
        "round": one,
        "title": said_title(one.form_version),
        "period": _period(one),
        "state": state_word(place.assignment.state),
        "colour": state_colour(place.assignment.state),
        "late_by": -place.days_left,
    }


def _period(one: Any) -> str:
    return period_name(period_of_round(one))
