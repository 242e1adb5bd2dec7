"""The datasets of a centre, and what is being prepared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.releases import queries, words
from havn.releases.permissions import PREPARERS
from havn.releases.registry import sources_for
from havn.releases.views.asked import centre_of


@staff(*PREPARERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every dataset with its newest release, and what waits to be looked at."""
    centre = centre_of(request)
    newest = {dataset.pk: release for dataset, release in queries.datasets_published(centre)}
    rows = [
        {
            "dataset": dataset,
            "newest": words.period(newest[dataset.pk].first, newest[dataset.pk].last) if dataset.pk in newest else "",
        }
        for dataset in queries.datasets_of(centre)
    ]
    prepared = [
        {"preparation": one, "period": words.period(one.first, one.last)} for one in queries.preparations_of(centre)
    ]
    context = {"rows": rows, "prepared": prepared, "may_make": bool(sources_for(centre))}
    return render(request, "releases/desk.html", context)
