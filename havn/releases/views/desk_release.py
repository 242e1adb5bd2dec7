"""A release for staff: what was left out, why, and what the audit said when it was published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.releases import words
from havn.releases.catalogue import address_of, is_corrected
from havn.releases.pages import explained_of, grids_of, hidden_in, reasons_in_order
from havn.releases.permissions import PREPARERS
from havn.releases.queries import name_of_person
from havn.releases.views.asked import release_of


@staff(*PREPARERS)
@require_safe
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """All of it; nothing here can be changed."""
    found = release_of(request, release_id)
    explained = explained_of(found.log, found.audit)
    context = {
        "release": found,
        "dataset": found.dataset,
        "period": words.period(found.first, found.last),
        "grids": grids_of(found.table, explained),
        "reasons": list(reasons_in_order(found.table, explained)),
        "left_out": words.left_out(*hidden_in(found.table)),
        "audit": found.audit,
        "who": words.who_gave(found.table["centres"], found.table.get("asked")),
        "by": name_of_person(found.published_by),
        "is_corrected": is_corrected(found),
        "address": address_of(found, "releases:public_release"),
    }
    return render(request, "releases/desk_release.html", context)
