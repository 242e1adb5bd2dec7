"""Which languages the public pages speak, how each says "you", and what each still lacks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.centres.actions_languages import set_languages
from havn.centres.languages import languages_at
from havn.centres.permissions import EDITORS
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


@staff(*EDITORS)
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """All 28, those that the centre offers first."""
    return _page(request, request.centre)  # type: ignore[attr-defined]


@staff(*EDITORS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Offer exactly the ticked ones, with the chosen first."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    try:
        set_languages(
            actor=request.user,  # type: ignore[arg-type]
            actor_may=bool(set(request.roles) & set(EDITORS)),  # type: ignore[attr-defined]
            centre=centre,
            offered=request.POST.getlist("offered"),
            first=request.POST.get("first", ""),
            formal_in=request.POST.getlist("formal"),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, centre, error=refusal.sentence)
    messages.success(request, _("Saved. The public pages speak these languages from now on."))
    return redirect("centres:languages")


def _page(request: HttpRequest, centre: Centre, *, error: str = "") -> HttpResponse:
    spoken = languages_at(centre)
    chosen = request.POST if error else None
    rows = [
        {
            "one": one,
            "offered": one.code in chosen.getlist("offered") if chosen else one.offered,
            "first": one.code == chosen.get("first") if chosen else one.first,
            "formal": one.code in chosen.getlist("formal") if chosen else one.formal,
        }
        for one in spoken
    ]
    context = {
        "offered": [row for row in rows if row["one"].offered],  # type: ignore[attr-defined]
        "others": [row for row in rows if not row["one"].offered],  # type: ignore[attr-defined]
        "error": error,
    }
    return render(request, "centres/manage_languages.html", context, status=400 if error else 200)
