"""How a helpline cares for its people: what is hard, pauses, clocks; and how many talks are drawn for review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.queries.vocabularies import terms_of
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.quality.actions.settings import BOUNDS, save_settings
from havn.quality.forms import CareForm
from havn.quality.permissions import check_can_manage
from havn.quality.queries.settings import day_at, hard_reasons_of, quality_of


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change them."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    kept = quality_of(service.pk)
    terms = terms_of("reason", reader_language(), day_at(service, now_ms()), service.organisation.centre_id)
    form = CareForm(
        request.POST or None,
        reasons=[(term.code, term.label) for term in terms],
        initial={
            **{name: getattr(kept, name) for name in (*BOUNDS, "sample_each")},
            "hard_reasons": sorted(hard_reasons_of(service)),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_settings(
                actor=actor_of(request),
                service=service,
                values=form.cleaned_data,
                reasons=form.cleaned_data["hard_reasons"],
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(f"{reverse('quality:settings')}?service={service.pk}")
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "form": form,
        "chosen": form["hard_reasons"].value() or [],
    }
    return render(request, "quality/settings.html", context, status=400 if form.errors else 200)
