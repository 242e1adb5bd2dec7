"""The entries that somebody keeps right: how old each is, what the machine found, and one press to confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.models import User
from havn.common.clock import now
from havn.directory import actions
from havn.directory.listing import Country, EntryNow
from havn.directory.models import Confirmation
from havn.directory.permissions import KEEPERS, can_keep_all, is_own
from havn.directory.queries import country_now, whole_directory
from havn.directory.said import differences_of
from havn.directory.views.kept import centre_of, kept_service
from havn.directory.words import age_words, finding_words

_WORST_FIRST = ("changed", "never", "expired", "ageing", "confirmed")


@staff(*KEEPERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every entry this person keeps, the oldest first."""
    centre = centre_of(request)
    user: User = request.user  # type: ignore[assignment]
    every = can_keep_all(user, centre)
    countries: list[Country] = []
    if every:
        countries = list(whole_directory(now()).countries)
    elif found := country_now(centre.country_code, now()):
        countries = [found]
    entries = [
        (country, entry)
        for country in countries
        for entry in country.entries
        if every or (entry.centre.pk == centre.pk and is_own(user, entry.service))
    ]
    said = _last_said([entry for _country, entry in entries])
    rows = [
        {
            "entry": entry,
            "country": country.name,
            "age": age_words(entry),
            "wrong": [finding_words(one) for one in entry.findings if one.wrong],
            "findings": len(entry.findings),
            "doubts": len(entry.doubts),
            "may_change": not entry.centre.is_hosted or not every or is_own(user, entry.service),
            "differences": len(differences_of(entry, said[entry.service.pk])) if entry.service.pk in said else 0,
        }
        for country, entry in sorted(entries, key=lambda one: _urgency(one[1]))
    ]
    context = {"rows": rows, "every": every, "shown_country": len(countries) > 1}
    return render(request, "directory/desk.html", context)


@staff(*KEEPERS)
@require_POST
def confirm_entry(request: HttpRequest, service_id: int) -> HttpResponse:
    """Everything is right."""
    service = kept_service(request, service_id)
    actions.confirm_entry(actor=request.user, centre=centre_of(request), service=service)  # type: ignore[arg-type]
    messages.success(request, _("Thank you. The entry is confirmed as it stands."))
    if request.POST.get("next") == "entry":
        return redirect("directory:entry", service_id=service.pk)
    return redirect("directory:desk")


def _urgency(entry: EntryNow) -> tuple[object, ...]:
    wrong = any(finding.wrong for finding in entry.findings)
    return (not wrong, not entry.reported, _WORST_FIRST.index(entry.freshness.state), entry.centre.country_code)


def _last_said(entries: list[EntryNow]) -> dict[int, dict[str, str]]:
    ids = [entry.service.pk for entry in entries]
    rows = Confirmation.objects.filter(service__in=ids, result=Confirmation.Result.RIGHT).order_by("at", "id")
    return {row.service_id: row.said for row in rows}
