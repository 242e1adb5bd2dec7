"""How it goes with the centre's e-mail: counts, and in a demonstration what would have been sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.mail import queries
from havn.mail.permissions import READERS
from havn.tenancy.models import Centre


@staff(*READERS)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Outside a demonstration nobody reads a letter here: only how many wait and how many could not go."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    kept_here = queries.is_kept_here(centre)
    context = {
        "counts": queries.counts(centre),
        "set_up": queries.is_set_up(),
        "kept_here": kept_here,
        "letters": queries.outbox(centre) if kept_here else [],
    }
    return render(request, "mail/desk_outbox.html", context)
