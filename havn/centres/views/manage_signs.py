"""Films in sign language: on which sites they may lie, and which page links to which."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.centres import actions_signing as actions
from havn.centres.actions_theme import Who
from havn.centres.forms_signing import FilmForm, SiteForm, place_words
from havn.centres.permissions import EDITORS
from havn.centres.signing import all_films
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


@staff(*EDITORS)
@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """Both lists, each with its form."""
    return _page(request)


@staff(*EDITORS)
@require_POST
def name_site(request: HttpRequest) -> HttpResponse:
    """Name a site."""
    form = SiteForm(request.POST, auto_id="site-%s")
    if not form.is_valid():
        return _page(request, site_form=form)
    return _tried(
        request,
        lambda: actions.name_site(**_who(request), typed=form.cleaned_data["host"]),
        lambda: _page(request, site_form=form),
        lambda sentence: form.add_error("host", sentence),
    )


@staff(*EDITORS)
@require_POST
def remove_site(request: HttpRequest, site: int) -> HttpResponse:
    """Take a site off the list."""
    actions.remove_site(**_who(request), site_id=site)
    messages.success(request, _("The site is off the list. No page links to a film there."))
    return redirect("centres:signs")


@staff(*EDITORS)
@require_POST
def add_film(request: HttpRequest) -> HttpResponse:
    """Link a page to a film."""
    form = FilmForm(request.POST, centre=request.centre)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, film_form=form)
    values = form.cleaned_data
    return _tried(
        request,
        lambda: actions.add_film(
            **_who(request),
            service_id=values["service"],
            place=values["place"],
            language=values["language"],
            title=values["title"],
            address=values["address"],
        ),
        lambda: _page(request, film_form=form),
        lambda sentence: form.add_error("address", sentence),
    )


@staff(*EDITORS)
@require_POST
def remove_film(request: HttpRequest, film: int) -> HttpResponse:
    """Take a link away."""
    actions.remove_film(**_who(request), film_id=film)
    messages.success(request, _("The link to the film is gone."))
    return redirect("centres:signs")


def _tried(
    request: HttpRequest,
    act: Callable[[], object],
    page: Callable[[], HttpResponse],
    tell: Callable[[str], None],
) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refusal:
        tell(refusal.sentence)
        return page()
    messages.success(request, _("Saved."))
    return redirect("centres:signs")


def _page(
    request: HttpRequest, *, site_form: SiteForm | None = None, film_form: FilmForm | None = None
) -> HttpResponse:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    words = place_words()
    context = {
        "sites": list(centre.sign_sites.all()),
        "films": [(film, words.get(film.video.place, "")) for film in all_films(centre)],
        "site_form": site_form or SiteForm(auto_id="site-%s"),
        "film_form": film_form or FilmForm(centre=centre),
    }
    return render(request, "centres/manage_signs.html", context, status=400 if site_form or film_form else 200)


def _who(request: HttpRequest) -> Who:
    return {
        "actor": request.user,  # type: ignore[typeddict-item]
        "actor_may": bool(set(request.roles) & set(EDITORS)),  # type: ignore[attr-defined]
        "centre": request.centre,  # type: ignore[attr-defined]
    }
