"""What the public reads for the centre, its organisations and its services, in each language."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.centres.actions_names import set_names
from havn.centres.forms_names import NamesForm
from havn.centres.permissions import EDITORS
from havn.tenancy.models import Centre


@staff(*EDITORS)
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Every name that this person may change, with a field for each language of the centre."""
    form = NamesForm(centre=_centre(request), user=request.user)  # type: ignore[arg-type]
    return render(request, "centres/manage_names.html", {"form": form})


@staff(*EDITORS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep all names at once; with an error nothing is kept and everything stays as it was typed."""
    centre = _centre(request)
    form = NamesForm(request.POST, centre=centre, user=request.user)  # type: ignore[arg-type]
    if not form.is_valid():
        return render(request, "centres/manage_names.html", {"form": form}, status=400)
    for thing in form.things:
        set_names(
            actor=request.user,  # type: ignore[arg-type]
            actor_may=bool(set(request.roles) & set(EDITORS)),  # type: ignore[attr-defined]
            row=thing.row,
            centre=centre,
            names=form.names_of(thing),
        )
    messages.success(request, _("Saved. The public pages say these names from now on."))
    return redirect("centres:names")


def _centre(request: HttpRequest) -> Centre:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    # The centre of the host name is remembered for some seconds: names are shown as they are.
    return Centre.objects.get(pk=centre.pk)
