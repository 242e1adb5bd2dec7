"""Where a centre can pass things on to, in which words, and the clocks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.centres.handovers import receivers_of
from havn.common.errors import NotAllowed, Refused
from havn.handover.actions import settings as actions
from havn.handover.forms import ClocksForm, RouteForm, WordsForm
from havn.handover.models import HandoverRoute, RouteWords
from havn.handover.permissions import check_can_manage
from havn.handover.queries.routes import languages_of
from havn.handover.queries.settings import settings_of
from havn.handover.words import kind_words, way_words
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.mail import api as mail
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The clocks, and the list of routes; `what` says which form was sent."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    kept, sent = settings_of(service.pk), request.POST.get("what", "")
    initial = {name: getattr(kept, name) for name in ("change_mind_minutes", "remind_days", "keep_report_days")}
    clocks = ClocksForm(request.POST if sent == "clocks" else None, initial=initial)
    fresh = RouteForm(request.POST if sent == "route" else None, initial={"in_use": True, "way": "mail"})
    if (
        sent == "clocks"
        and clocks.is_valid()
        and _stored(
            clocks, lambda: actions.save_settings(actor=actor_of(request), service=service, **clocks.cleaned_data)
        )
    ):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(_list(service))
    if (
        sent == "route"
        and fresh.is_valid()
        and _stored(
            fresh,
            lambda: actions.save_route(actor=actor_of(request), service=service, route_id=None, **fresh.cleaned_data),
        )
    ):
        messages.success(request, _("Added. Look at its words now."))
        return HttpResponseRedirect(_list(service))
    failed = bool(clocks.errors or fresh.errors)
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "clocks": clocks,
        "fresh": fresh,
        "routes": [_row(one, service) for one in HandoverRoute.objects.filter(centre=request.centre)],  # type: ignore[attr-defined]
        "receivers": receivers_of(request.centre.pk),  # type: ignore[attr-defined]
        "can_mail": mail.reaches(request.centre),  # type: ignore[attr-defined]
    }
    return render(request, "handover/desk_settings.html", context, status=400 if failed else 200)


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, route: int) -> HttpResponse:
    """One route, and its words in one language after the other."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    found = HandoverRoute.objects.filter(centre=request.centre, pk=route).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotAllowed(_("There is no such route."))
    language = _language(request, service)
    words = RouteWords.objects.filter(route=found, language=language).select_related("approved_by").first()
    sent = request.POST.get("what", "")
    form = RouteForm(
        request.POST if sent == "route" else None,
        initial={
            "name": found.name,
            "kind": found.kind,
            "way": found.way,
            "address": found.address,
            "in_use": found.in_use,
        },
    )
    said = WordsForm(
        request.POST if sent == "words" else None,
        initial={"to": words.to, "does": words.does} if words is not None else {},
    )
    if _save(request, service, found, language, sent, form, said):
        messages.success(request, _("Saved."))
        query = f"?service={service.pk}&words={language}"
        return HttpResponseRedirect(reverse("handover:route", args=[found.pk]) + query)
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "route": found,
        "form": form,
        "said": said,
        "words": words,
        "words_language": language,
        "languages": languages_of(service.organisation.centre),
        "receivers": receivers_of(request.centre.pk),  # type: ignore[attr-defined]
    }
    return render(request, "handover/desk_route.html", context, status=400 if form.errors or said.errors else 200)


def _save(
    request: HttpRequest,
    service: Service,
    found: HandoverRoute,
    language: str,
    sent: str,
    form: RouteForm,
    said: WordsForm,
) -> bool:
    actor = actor_of(request)
    if sent == "route" and form.is_valid():
        return _stored(
            form,
            lambda: actions.save_route(actor=actor, service=service, route_id=found.pk, **form.cleaned_data),
        )
    if sent == "words" and said.is_valid():
        return _stored(
            said,
            lambda: actions.save_words(
                actor=actor, service=service, route_id=found.pk, language=language, **said.cleaned_data
            ),
        )
    return False


def _stored(form: Any, act: Any) -> bool:
    """Do it; a refusal becomes the form's own error."""
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _row(one: HandoverRoute, service: Service) -> dict[str, Any]:
    languages = languages_of(service.organisation.centre)
    approved = set(one.words.exclude(approved_at=None).values_list("language", flat=True))
    own = set(one.words.exclude(does="").values_list("language", flat=True))
    return {
        "route": one,
        "kind": kind_words(one.kind),
        "way": way_words(one.way),
        "unapproved": [code for code in languages if code in own - approved],
    }


def _list(service: Service) -> str:
    return reverse("handover:settings") + f"?service={service.pk}"


def _language(request: HttpRequest, service: Service) -> str:
    wanted = request.POST.get("words") or request.GET.get("words") or translation.get_language() or "en"
    known = languages_of(service.organisation.centre)
    return wanted if wanted in known else known[0]
