"""The centre's colours and logo: try them, see what can be read, then use them."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.centres import actions_theme as actions
from havn.centres.forms_theme import ColoursForm, LogoForm
from havn.centres.models import CentreTheme
from havn.centres.permissions import DESIGNERS
from havn.centres.rules.theme import HAVN, NAMES, checks
from havn.centres.theme import colours_of, mark_of, preview, size_of
from havn.centres.words_theme import check_words, ratio_words, refusal_words
from havn.common.errors import Refused


@staff(*DESIGNERS)
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The colours of today, or those that are being tried, with two samples and every check."""
    tried = any(name in request.GET for name in NAMES)
    return _page(request, ColoursForm(request.GET if tried else None, colours=colours_of(_kept(request))))


@staff(*DESIGNERS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Use the colours on every page of the centre, or say which of them cannot be read."""
    form = ColoursForm(request.POST, colours=HAVN)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        actions.save_colours(**_who(request), colours=form.colours())
    except Refused as refused:
        # The page says the same sentences beside the colours, which stay as they were chosen.
        return _page(request, form, status=refused.status)
    messages.success(request, _("The colours are used on every page from now on."))
    return redirect("centres:theme")


@staff(*DESIGNERS)
@require_safe
def preview_style(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the two samples, in the colours of the address; without any, in those of today."""
    form = ColoursForm(request.GET, colours=HAVN)
    if request.GET and not form.is_valid():
        raise Http404
    colours = form.colours() if request.GET else colours_of(_kept(request))
    return HttpResponse(preview(colours), content_type="text/css; charset=utf-8")


@staff(*DESIGNERS)
@require_POST
def keep_logo(request: HttpRequest) -> HttpResponse:
    """Take a picture in. The public sees it when it is put to use."""
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(_("Choose a picture first."))
    actions.keep_logo(**_who(request), upload=form.cleaned_data["picture"].read())
    messages.success(request, _("The picture is here. Look at it below, then use it."))
    return redirect("centres:theme")


@staff(*DESIGNERS)
@require_POST
def use_logo(request: HttpRequest) -> HttpResponse:
    """Show the picture that was taken in on every page."""
    actions.use_logo(**_who(request))
    messages.success(request, _("The logo is on every page from now on."))
    return redirect("centres:theme")


@staff(*DESIGNERS)
@require_POST
def remove_logo(request: HttpRequest) -> HttpResponse:
    """Go back to Havn's mark, and forget the pictures."""
    actions.remove_logo(**_who(request))
    messages.success(request, _("The logo is removed."))
    return redirect("centres:theme")


@staff(*DESIGNERS)
@require_safe
def next_logo(request: HttpRequest, mark: str) -> HttpResponse:
    """The picture that the public does not see yet."""
    kept = _kept(request)
    if kept is None or not kept.next_logo or mark != mark_of(bytes(kept.next_logo)):
        raise Http404
    return HttpResponse(bytes(kept.next_logo), content_type="image/png")


def _page(request: HttpRequest, form: ColoursForm, *, status: int = 200) -> HttpResponse:
    kept = _kept(request)
    today = colours_of(kept)
    chosen = form.colours() if form.is_bound and form.is_valid() else today
    found = checks(chosen)
    waiting = bytes(kept.next_logo) if kept else b""
    context = {
        "form": form,
        "rows": [
            {
                "what": check_words(one),
                "ratio": ratio_words(one.ratio),
                "needed": ratio_words(one.needed),
                "passes": one.passes,
            }
            for one in found
        ],
        "refusals": [refusal_words(one) for one in found if not one.passes],
        "style": f"{reverse('centres:theme_preview')}?{urlencode(asdict(chosen))}",
        "trying": chosen != today,
        "logo_form": LogoForm(auto_id="%s"),
        "has_logo": bool(kept and (kept.logo or kept.next_logo)),
        "next_logo": reverse("centres:next_logo", args=[mark_of(waiting)]) if waiting else "",
        "next_size": size_of(waiting),
    }
    return render(request, "centres/manage_theme.html", context, status=status)


def _kept(request: HttpRequest) -> CentreTheme | None:
    # From the database, not from what the process remembers: the page shows what was saved a moment ago.
    return CentreTheme.objects.filter(centre=request.centre).first()  # type: ignore[attr-defined]


def _who(request: HttpRequest) -> actions.Who:
    return {
        "actor": request.user,  # type: ignore[typeddict-item]
        "actor_may": bool(set(request.roles) & set(DESIGNERS)),  # type: ignore[attr-defined]
        "centre": request.centre,  # type: ignore[attr-defined]
    }
