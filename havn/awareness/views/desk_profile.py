"""The desk's way to the parts of the profile: which is mine, and where each stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.awareness.editor.desk_parts import missing_languages, profiles_for
from havn.awareness.editor.groups import WRITERS
from havn.tenancy.models import Centre


@staff(*WRITERS)
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """The centre's profile with its parts; those of one's own organisation lead into the editor."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    context = {
        "rows": profiles_for(request.user, centre),  # type: ignore[arg-type]
        "missing": missing_languages(centre) if centre.kind == Centre.Kind.NATIONAL else [],
    }
    return render(request, "awareness/desk_profile.html", context)
