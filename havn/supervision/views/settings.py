"""How supervision works at a helpline: clocks, the model of identity, and by what risk is told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.retention.queries import today_in
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.supervision.actions import settings as actions
from havn.supervision.forms import CriteriaForm, IdentityForm, SupervisionForm
from havn.supervision.permissions import check_can_manage
from havn.supervision.queries.checklist import criteria_of
from havn.supervision.queries.settings import supervision_of
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Three forms on one page; `what` says which was sent."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    language = _language(request, service)
    forms = _forms(request, service, language)
    sent = request.POST.get("what", "")
    if request.method == "POST" and sent in forms and forms[sent].is_valid():
        try:
            _store(request, service, sent, forms[sent], language)
        except NotAllowed:
            raise
        except Refused as refusal:
            forms[sent].add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            query = f"?service={service.pk}&criteria={language}"
            return HttpResponseRedirect(reverse("supervision:settings") + query)
    failed = any(form.errors for form in forms.values())
    return render(
        request, "supervision/settings.html", _context(request, service, forms, language), status=400 if failed else 200
    )


def _forms(request: HttpRequest, service: Service, language: str) -> dict[str, Any]:
    kept, sent = supervision_of(service.pk), request.POST.get("what", "")

    def data(what: str) -> Any:
        return request.POST if request.method == "POST" and sent == what else None

    return {
        "clocks": SupervisionForm(
            data("clocks"),
            initial={"note_days": kept.note_days, "second_person_minutes": kept.second_person_minutes},
        ),
        "identity": IdentityForm(
            data("identity"), initial={"model": kept.identity, "basis": kept.basis, "basis_on": kept.basis_on}
        ),
        "criteria": CriteriaForm(data("criteria"), initial=criteria_of(service.pk, language)),
    }


def _store(request: HttpRequest, service: Service, what: str, form: Any, language: str) -> None:
    actor = actor_of(request)
    if what == "clocks":
        actions.save_supervision(actor=actor, service=service, **form.cleaned_data)
    elif what == "identity":
        today = today_in(service.organisation.centre, now())
        actions.choose_identity(actor=actor, service=service, today=today, **form.cleaned_data)
    else:
        actions.save_criteria(actor=actor, service=service, language=language, texts=form.texts())


def _context(request: HttpRequest, service: Service, forms: dict[str, Any], language: str) -> dict[str, Any]:
    kept = supervision_of(service.pk)
    return {
        "service": service,
        "services": services_here(request, *MANAGES),
        "forms": forms,
        "criteria_language": language,
        "languages": _languages(service),
        "kept": kept,
        "texts_lacking": {model: len(actions.texts_to_approve(service, model)) for model in ("police", "helpline")},
    }


def _languages(service: Service) -> list[str]:
    return list(dict.fromkeys([*service.languages, *service.organisation.centre.languages]))


def _language(request: HttpRequest, service: Service) -> str:
    wanted = request.POST.get("criteria") or request.GET.get("criteria") or reader_language()
    known = _languages(service)
    return wanted if wanted in known else known[0]
