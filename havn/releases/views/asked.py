"""What the views have in common: whose figures they are, and the thing that the address names."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from havn.releases import queries
from havn.releases.models import Dataset, Preparation, Release
from havn.releases.permissions import check_can_prepare
from havn.releases.rules.periods import period_named
from havn.tenancy.models import Centre


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose figures the person may prepare."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_prepare(request.user, centre)  # type: ignore[arg-type]
    return centre


def dataset_of(request: HttpRequest, dataset_id: int) -> Dataset:
    """A dataset of this centre. Http404 for any other."""
    return get_object_or_404(queries.datasets_of(centre_of(request)), pk=dataset_id)


def preparation_of(request: HttpRequest, preparation_id: int) -> Preparation:
    """What this centre prepares. Http404 for any other."""
    return get_object_or_404(queries.preparations_of(centre_of(request)), pk=preparation_id)


def release_of(request: HttpRequest, release_id: int) -> Release:
    """A release of this centre, for staff. Http404 for any other."""
    return get_object_or_404(queries.releases_of(centre_of(request)), pk=release_id)


def public_dataset_of(request: HttpRequest, key: str) -> tuple[Dataset, list[Release]]:
    """A dataset that anybody may read, with its releases as for a list. Http404 while nothing of it is published."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    releases = list(queries.releases_listed(centre).filter(dataset__key=key))
    if not releases:
        raise Http404
    return releases[0].dataset, releases


def public_release_of(request: HttpRequest, key: str, period: str, version: int) -> Release:
    """A release by its address. Http404 for any other."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    about = period_named(period)
    found = about and queries.release_at(centre, key, about, version)
    if not found:
        raise Http404
    return found
