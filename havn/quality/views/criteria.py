"""By what talks are reviewed: the helpline's criteria, one language at a time."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.forms_desk import whole_number
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.quality.actions.settings import new_code, save_criteria
from havn.quality.forms import SCALE_WORDS, CriterionForm
from havn.quality.permissions import check_can_manage
from havn.quality.queries.criteria import criteria_now
from havn.quality.rules.criteria import LONGEST, Criterion, with_texts
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest) -> HttpResponse:
    """Change texts and scales, add one, empty one. Saved, they are the next version."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    number, kept = criteria_now(service.pk)
    language, said = _language(request, service), ""
    form = CriterionForm(request.POST or None)
    if request.method == "POST":
        try:
            save_criteria(
                actor=actor_of(request),
                service=service,
                seen=whole_number(request.POST.get("seen"), -1),
                criteria=_sent(request, kept, language, form),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            said = refusal.sentence
        else:
            messages.success(request, _("Saved."))
            query = f"?service={service.pk}&criteria={language}"
            return HttpResponseRedirect(reverse("quality:criteria") + query)
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "number": number,
        "rows": _rows(request, kept, language),
        "scales": list(SCALE_WORDS.items()),
        "languages": _languages(service),
        "criteria_language": language,
        "longest": LONGEST,
        "said": said,
        "form": form,
    }
    return render(request, "quality/criteria.html", context, status=409 if said else 200)


def _sent(request: HttpRequest, kept: list[Criterion], language: str, form: CriterionForm) -> list[Criterion]:
    # A NUL is no letter, and PostgreSQL keeps none.
    texts = {one.code: request.POST.get(f"text-{one.code}", "").replace("\x00", "") for one in kept}
    scales = {one.code: request.POST.get(f"scale-{one.code}", one.scale) for one in kept}
    changed = with_texts(kept, language=language, texts=texts, scales=scales, removed=request.POST.getlist("remove"))
    if not form.is_valid():
        raise Refused(_("A criterion has at most 300 characters."))
    if form.cleaned_data["text"].strip():
        text = form.cleaned_data["text"].strip()
        changed.append(Criterion(new_code(), form.cleaned_data["scale"], {language: text}))
    return changed


def _rows(request: HttpRequest, kept: list[Criterion], language: str) -> list[dict[str, Any]]:
    """As they stand, or as they were sent when they could not be taken."""
    sent = request.POST if request.method == "POST" else {}
    return [
        {
            "code": one.code,
            "text": sent.get(f"text-{one.code}", one.texts.get(language, "")),
            "scale": sent.get(f"scale-{one.code}", one.scale),
            "removed": request.method == "POST" and one.code in request.POST.getlist("remove"),
            "elsewhere": one.said_in(language) if language not in one.texts else None,
        }
        for one in kept
    ]


def _languages(service: Service) -> list[str]:
    return list(dict.fromkeys([*service.languages, *service.organisation.centre.languages]))


def _language(request: HttpRequest, service: Service) -> str:
    wanted = request.POST.get("criteria") or request.GET.get("criteria") or reader_language()
    known = _languages(service)
    return wanted if wanted in known else known[0]
