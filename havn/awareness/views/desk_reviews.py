"""Pages past or near the day on which somebody must look at them again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.awareness.editor.groups import WRITERS
from havn.awareness.sharing.reviews import reviews_due


@staff(*WRITERS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """By organisation, the oldest first."""
    groups = reviews_due(request.centre)  # type: ignore[attr-defined]
    past = sum(one.past for _name, rows in groups for one in rows)
    context = {"tab": "reviews", "groups": groups, "past": past}
    return render(request, "awareness/desk_reviews.html", context)
