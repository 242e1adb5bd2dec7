"""The open data of a centre: a page, and a catalogue that others harvest."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.releases import queries, words
from havn.releases.catalogue import catalogue_of
from havn.releases.models import Dataset, Release
from havn.releases.views.answers import record
from havn.tenancy.models import Centre


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Every dataset with a release."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    rows = [
        {"dataset": dataset, "newest": words.period(release.first, release.last)}
        for dataset, release in queries.datasets_published(centre)
    ]
    return render(request, "releases/public_catalogue.html", {"rows": rows})


@public
@require_safe
def catalogue_record(request: HttpRequest) -> HttpResponseBase:
    """The same as linked data (DCAT-AP)."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    by_dataset: dict[int, tuple[Dataset, list[Release]]] = {}
    for release in queries.releases_listed(centre):
        by_dataset.setdefault(release.dataset_id, (release.dataset, []))[1].append(release)
    datasets = [by_dataset[key] for key in sorted(by_dataset)]
    return record(request, catalogue_of(request, centre, datasets))
