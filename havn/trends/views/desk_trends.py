"""Trends for staff: one reported quarter, the history with its sources, and whether others may compare."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.tenancy.models import Centre
from havn.trends import desk_pages, pages, words
from havn.trends.actions.sharing import let_compare
from havn.trends.models import Article, Comparison
from havn.trends.permissions import COMPARERS, READERS, can_compare, can_write
from havn.trends.queries.history import breaks_of, history_quarters
from havn.trends.queries.network import DIMENSIONS, facts_of, quarters_reported, who_reported
from havn.trends.rules.quarters import Quarter, at_place
from havn.trends.views.asked import actor_of, centre_of, network_or_404, quarter_or_404
from havn.trends.words_breaks import break_words

QUARTERS_SHOWN = 40


@staff(*READERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """A quarter of the network: who reported, sums and moves, what to look at, members side by side."""
    centre, network = centre_of(request), network_or_404()
    reported = quarters_reported()
    asked = request.GET.get("quarter", "")
    quarter = quarter_or_404(asked) if asked else (reported[0] if reported else None)
    dimension = request.GET.get("dimension", "")
    context = {
        "quarters": [(str(one), words.quarter_label(one)) for one in reported],
        "quarter": str(quarter) if quarter else "",
        "dimensions": [(one, words.dimension_label(one)) for one in DIMENSIONS],
        "dimension": dimension if dimension in DIMENSIONS else DIMENSIONS[0],
        "is_network": centre.kind == Centre.Kind.NETWORK,
        "may_write": can_write(actor_of(request), centre),
        "may_compare": can_compare(actor_of(request), centre),
        "compares": Comparison.objects.filter(centre=centre, is_open=True).exists(),
    }
    if quarter is not None:
        context |= _quarter(quarter, centre, network, str(context["dimension"]))
    return render(request, "trends/desk.html", context)


def _quarter(quarter: Quarter, centre: Centre, network: Centre, dimension: str) -> dict[str, object]:
    is_network = centre.pk == network.pk
    own = {} if is_network else facts_of(centre.pk, quarter)
    sums = desk_pages.accepted_sums(network, quarter) if is_network else desk_pages.published_sums(network, quarter)
    first = at_place(quarter.place - QUARTERS_SHOWN + 1)
    series = pages.staff_series(first, quarter) if is_network else pages.public_series(network)
    total = sums.total if sums is not None else None
    who = who_reported(quarter)
    return {
        "name": words.quarter_label(quarter),
        "who": who,
        "is_told": sums is not None,
        "total": words.number(total) if total is not None else "",
        "own_total": words.number(own["total"]["all"]) if own else "",
        "lists": desk_pages.network_lists(sums, own) if sums is not None else [],
        "flags": desk_pages.flag_rows(quarter) if is_network else [],
        "comparison": desk_pages.comparison(quarter, dimension, looking=centre, sums=sums),
        "figures": pages.figures(network, series),
        "article": Article.objects.filter(centre=network, quarter=str(quarter)).first() if is_network else None,
        "breaks": [break_words(one) for one in breaks_of(network) if one.quarter == str(quarter)],
    }


@staff(*READERS)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Each published figure with its source, word and basis; charts of all of it; and the breaks."""
    network = network_or_404()
    context = {
        "rows": pages.history_rows(network, history_quarters(network)),
        "figures": pages.figures(network, pages.public_series(network)),
        "may_write": can_write(actor_of(request), centre_of(request)),
    }
    return render(request, "trends/desk_history.html", context)


@staff(*COMPARERS)
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Let the other members see this centre's shares, or end it."""
    is_open = request.POST.get("open") == "1"
    let_compare(actor=actor_of(request), centre=centre_of(request), is_open=is_open)
    messages.success(
        request,
        _("The other members see this centre's shares now.")
        if is_open
        else _("The other members do not see this centre's shares any more."),
    )
    return redirect("trends:desk")
