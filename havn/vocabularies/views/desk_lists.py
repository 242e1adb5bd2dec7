"""Every list that contacts are coded with, at a glance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.tenancy.models import Centre
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.queries import draft_of, mappings_said, terms_in_version, versions_in
from havn.vocabularies.reading import not_mapped, today_at
from havn.vocabularies.registry import EditableList, editable_lists
from havn.vocabularies.views.found import centre_of


@staff(*MAY_EDIT)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Which version of each list holds, which comes next, and what counts nowhere."""
    centre = centre_of(request)
    rows = [_row(one, centre) for one in editable_lists()]
    return render(request, "vocabularies/desk_lists.html", {"rows": [row for row in rows if row is not None]})


def _row(one: EditableList, centre: Centre) -> dict[str, Any] | None:
    versions, today = versions_in(one.dimension, centre.pk), today_at(centre)
    holds = next((version for version in reversed(versions) if version.holds_on(today)), None)
    if holds is None:
        return None
    return {
        "dimension": one.dimension,
        "title": one.title(),
        "holds": holds,
        "terms": terms_in_version(holds.code).count(),
        "next": next((version for version in versions if version.valid_from > today), None),
        "draft": draft_of(centre.pk, one.dimension),
        "not_mapped": sum(len(codes) for _scheme, codes in not_mapped(one, centre)),
        "said": sum(len(codes) for codes in mappings_said(centre.pk, one.dimension).values()),
    }
