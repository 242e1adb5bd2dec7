"""The trail of a centre: who did and who read what. In this app, because audit knows no people."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from havn.accounts.access import staff
from havn.accounts.models import Role, User
from havn.accounts.permissions import roles_that_may
from havn.accounts.trail_words import words_of
from havn.accounts.views.sign_in import centre_of
from havn.audit.queries import actions_of, trail
from havn.tenancy.models import Organisation, Service


@staff(*roles_that_may("audit.read"))
@require_GET
def read(request: HttpRequest) -> HttpResponse:
    """A page of the trail, newest first, all or one kind of action."""
    centre = centre_of(request)
    actions = actions_of(centre.pk)
    chosen = request.GET.get("action", "")
    chosen = chosen if chosen in actions else ""
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    lines, older = trail(centre.pk, action=chosen, before=before)
    people = {number for line in lines for number in (line.actor_id, _user_of(line.subject)) if number is not None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    services = dict(Service.objects.filter(organisation__centre=centre).values_list("pk", "name"))
    organisations = dict(Organisation.objects.filter(centre=centre).values_list("pk", "name"))
    rows = [
        {
            "line": line,
            "what": words_of(line.action),
            "who": names.get(line.actor_id, "") if line.actor_id else None,
            "about": names.get(_user_of(line.subject) or 0, line.subject.replace(":", " ")),
            "service": services.get(line.service_id or 0, ""),
            "codes": ", ".join(_words(name, value, organisations) for name, value in line.codes.items()),
        }
        for line in lines
    ]
    query = {"before": older, **({"action": chosen} if chosen else {})}
    kinds = sorted(((action, words_of(action)) for action in actions), key=lambda kind: kind[1])
    context = {"rows": rows, "actions": kinds, "chosen": chosen, "older": urlencode(query) if older else ""}
    return render(request, "accounts/trail.html", context)


def _words(name: str, value: str | int, organisations: dict[int, str]) -> str:
    if name == "organisation":
        return organisations.get(int(value), str(value))
    if name in {"role", "roles"}:
        return ", ".join(str(Role(role).label) for role in str(value).split(",") if role in Role.values)
    return f"{name} {value}"


def _user_of(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "user" and number.isdecimal() else None
