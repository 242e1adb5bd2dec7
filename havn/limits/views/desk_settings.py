"""How limits and care plans work at a helpline, and how often each step was taken."""

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
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.limits.actions.settings import change_settings, save_kind_word
from havn.limits.forms import KindWordForm, SettingsForm
from havn.limits.queries.ladder import counts_of
from havn.limits.queries.plans import plans_at
from havn.limits.queries.settings import kind_word_in, languages_of, settings_of
from havn.limits.rules.ladder import Step
from havn.limits.words import step_words
from havn.tenancy.models import Service

STEPS = (*Step, "declined", "lifted")


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Two forms on one page; `what` says which was sent."""
    service = service_here(request, *MANAGES)
    language = _language(request, service)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {
        "numbers": SettingsForm.of(settings_of(service.pk), request.POST if what == "numbers" else None),
        "word": KindWordForm(
            request.POST if what == "word" else None, initial={"text": kind_word_in(service.pk, language)}
        ),
    }
    if what in forms and forms[what].is_valid():
        try:
            if what == "numbers":
                change_settings(actor=actor_of(request), service=service, values=forms[what].cleaned_data)
            else:
                text = forms[what].cleaned_data["text"].replace("\x00", "")
                save_kind_word(actor=actor_of(request), service=service, language=language, text=text)
        except NotAllowed:
            raise
        except Refused as refusal:
            forms[what].add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(f"{reverse('limits:settings')}?service={service.pk}&words={language}")
    failed = any(form.errors for form in forms.values())
    context = _context(request, service, language) | {"forms": forms}
    return render(request, "limits/desk_settings.html", context, status=400 if failed else 200)


def _context(request: HttpRequest, service: Service, language: str) -> dict[str, Any]:
    return {
        "service": service,
        "services": services_here(request, *MANAGES),
        "tab": "limits:settings",
        "language": language,
        "languages": languages_of(service),
        "plans": plans_at(service.pk),
        "steps": [step_words(step) for step in STEPS],
        "months": [
            {"month": month, "numbers": [counts.get(step, 0) for step in STEPS]}
            for month, counts in counts_of(service.pk)
        ],
    }


def _language(request: HttpRequest, service: Service) -> str:
    wanted = request.POST.get("words") or request.GET.get("words") or reader_language()
    known = languages_of(service)
    return wanted if wanted in known else known[0]
