"""Countries side by side over several quarters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.trends import country_pages, words
from havn.trends.permissions import READERS
from havn.trends.queries.network import DIMENSIONS, quarters_reported
from havn.trends.rules.quarters import at_place
from havn.trends.views.asked import centre_of, network_or_404, quarter_or_404

SPANS = (4, 8, 12, 20)


@staff(*READERS)
@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """One share of every member that lets it be seen, as a chart and a table; why a cell is empty stands in it."""
    network, reported = network_or_404(), quarters_reported()
    asked = request.GET.get("quarter", "")
    last = quarter_or_404(asked) if asked else (reported[0] if reported else None)
    dimension = request.GET.get("dimension", "")
    dimension = dimension if dimension in DIMENSIONS else DIMENSIONS[0]
    many = request.GET.get("many", "")
    span = next((one for one in SPANS if str(one) == many), 8)
    codes = country_pages.codes_reported(dimension, last) if last is not None else []
    code = request.GET.get("code", "")
    code = code if code in dict(codes) else (codes[0][0] if codes else "")
    context: dict[str, object] = {
        "dimensions": [(one, words.dimension_label(one)) for one in DIMENSIONS],
        "dimension": dimension,
        "codes": codes,
        "code": code,
        "quarters": [(str(one), words.quarter_label(one)) for one in reported],
        "quarter": str(last) if last is not None else "",
        "spans": SPANS,
        "span": span,
    }
    if last is not None and code:
        first = at_place(last.place - span + 1)
        context |= country_pages.compared(centre_of(request), network, dimension, code, first, last)
    return render(request, "trends/desk_countries.html", context)
