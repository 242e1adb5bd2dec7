"""How long letters may wait, and who reads answers first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import service_here, services_here
from havn.letterbox.actions.settings import change_settings
from havn.letterbox.forms import SettingsForm
from havn.letterbox.queries.settings import settings_of
from havn.letterbox.views.desk_shared import actor_of


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change the letterbox of one helpline."""
    service = service_here(request, *MANAGES)
    form = SettingsForm.of(settings_of(service.pk), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(actor=actor_of(request), service=service, values=form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(f"{reverse('letterbox:settings')}?service={service.pk}")
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "form": form,
        "tab": "letterbox:settings",
    }
    return render(request, "letterbox/desk_settings.html", context, status=400 if form.errors else 200)
