"""A dataset for everybody: its newest figures, every release and version, and its record."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.dates import day
from havn.releases import words
from havn.releases.catalogue import address_of, is_corrected, record_of
from havn.releases.models import Release
from havn.releases.pages import grids_of, hidden_in
from havn.releases.views.answers import record
from havn.releases.views.asked import public_dataset_of, public_release_of


@public
@require_safe
def public_dataset(request: HttpRequest, key: str) -> HttpResponse:
    """The newest release in full, and links to all."""
    _dataset, releases = public_dataset_of(request, key)
    return _page(request, releases[0], releases)


@public
@require_safe
def public_release(request: HttpRequest, key: str, period: str, version: int) -> HttpResponse:
    """One release; an older version says that it was corrected."""
    found = public_release_of(request, key, period, version)
    _dataset, releases = public_dataset_of(request, key)
    return _page(request, found, releases)


@public
@require_safe
def dataset_record(request: HttpRequest, key: str) -> HttpResponseBase:
    """The dataset as linked data (DCAT-AP)."""
    dataset, releases = public_dataset_of(request, key)
    return record(request, record_of(request, dataset, releases))


def _page(request: HttpRequest, release: Release, releases: list[Release]) -> HttpResponse:
    hidden, every = hidden_in(release.table)
    context = {
        "dataset": release.dataset,
        "release": release,
        "period": words.period(release.first, release.last),
        "published_on": day(release.published_at.date()),
        "is_corrected": is_corrected(release),
        "grids": grids_of(release.table),
        "hidden": words.left_out(hidden, every) if hidden else "",
        "who": words.who_gave(release.table["centres"], release.table.get("asked")),
        "licence": words.licence(release.dataset.licence),
        "files": [(name.upper(), address_of(release, f"releases:{name}")) for name in ("csv", "xlsx", "json")],
        "metadata": address_of(release, "releases:csv_metadata"),
        "others": [
            {
                "release": one,
                "period": words.period(one.first, one.last),
                "address": address_of(one, "releases:public_release"),
                "is_corrected": is_corrected(one),
                "is_here": one.pk == release.pk,
            }
            for one in releases
        ],
    }
    return render(request, "releases/public_dataset.html", context)
