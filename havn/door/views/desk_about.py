"""How to show the door on a centre's other sites: what to copy, in each of its languages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.views.decorators.http import require_GET

from havn.accounts.access import staff
from havn.door.queries import doorway
from havn.helpline.permissions import check_can_manage
from havn.helpline.queries.visits import language_name
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here


@staff(*MANAGES)
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """A link, a frame and a script for the service that `?service=` names, in the language that `?in=` names."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    centre = service.organisation.centre
    languages = [code for code in centre.languages or ["en"] if code in dict(settings.LANGUAGES)] or ["en"]
    wished = request.GET.get("in", "")
    chosen = wished if wished in languages else languages[0]
    before = get_script_prefix()
    set_script_prefix(f"/{chosen}/")
    try:
        with translation.override(chosen):
            door = doorway(centre, service.slug, chosen)
            paths = {"frame": reverse("door:frame"), "script": reverse("door:script")}
    finally:
        set_script_prefix(before)
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "languages": [(code, language_name(code)) for code in languages],
        "chosen": chosen,
        "door": door if door and door.service.pk == service.pk else None,
        "site": f"{'https' if settings.SECURE else 'http'}://{request.get_host()}",
        **{name: f"{path}?service={service.slug}" for name, path in paths.items()},
    }
    return render(request, "door/desk_about.html", context)
