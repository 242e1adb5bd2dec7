"""How the helpline works: seats, clocks, staffing."""

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
from havn.helpline.actions.managing import change_settings
from havn.helpline.forms import SettingsForm
from havn.helpline.models import HelplineSettings
from havn.helpline.permissions import check_can_manage
from havn.helpline.queries.duty import settings_of
from havn.helpline.retention.queries import sooner_gone
from havn.helpline.retention.rules import Clocks
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change the settings of one helpline. A shorter time to keep talks is asked about before it is saved."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    stored = settings_of(service.pk)
    initial: dict[str, Any] = {name: getattr(stored, name) for name in SettingsForm.base_fields}
    form = SettingsForm(request.POST or None, initial=initial)
    sooner: int | None = None
    if request.method == "POST" and form.is_valid():
        sooner = _goes_sooner(request, service, stored, form)
    if request.method == "POST" and form.is_valid() and sooner is None:
        try:
            change_settings(actor=actor_of(request), service=service, values=form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(f"{reverse('helpline:settings')}?service={service.pk}")
    return render(
        request,
        "helpline/manage_settings.html",
        {"service": service, "services": services_here(request, *MANAGES), "form": form, "sooner": sooner},
        status=400 if form.errors or sooner is not None else 200,
    )


def _goes_sooner(request: HttpRequest, service: Service, stored: HelplineSettings, form: SettingsForm) -> int | None:
    """How many talks the next purge would destroy more, if talks were kept shorter and nobody said yes to that yet."""
    present, new = Clocks(stored.keep_days, stored.keep_unfinished_hours), form.clocks()
    if not new.shorter_than(present) or request.POST.get("sooner") == f"{new.keep_days}-{new.keep_unfinished_hours}":
        return None
    return sooner_gone(service, new, now=now())
