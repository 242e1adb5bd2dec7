"""One entry: what stands, what changed, what is in doubt, its facts, its ways, its confirmer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.directory import actions
from havn.directory.forms import ConfirmerForm, FactsForm, WordsForm
from havn.directory.listing import EntryNow
from havn.directory.models import CentreEntry, Confirmation, Doubt
from havn.directory.permissions import KEEPERS, can_change
from havn.directory.queries import last_confirmation
from havn.directory.said import differences_of, label_of, said_of, value_words
from havn.directory.views.kept import centre_of, kept_entry
from havn.directory.words import age_words, finding_words

MOST_CONFIRMATIONS = 20


@staff(*KEEPERS)
@require_safe
def entry(request: HttpRequest, service_id: int) -> HttpResponse:
    """The whole entry."""
    return _page(request, kept_entry(request, service_id))


@staff(*KEEPERS)
@require_POST
def save_facts(request: HttpRequest, service_id: int) -> HttpResponse:
    """Change the facts."""
    kept = kept_entry(request, service_id)
    form = FactsForm(request.POST, service=kept.service, entry=kept.entry)
    if not form.is_valid():
        return _page(request, kept, facts=form, status=422)
    service, row = form.apply()
    row.confirmer_id = row.confirmer_id or service.organisation_id
    actions.save_facts(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre_of(request),
        service=service,
        entry=row,
    )
    messages.success(request, _("The facts are saved. Press “Everything is right” when all of the entry is."))
    return redirect("directory:entry", service_id=service_id)


@staff(*KEEPERS)
@require_POST
def save_confirmer(request: HttpRequest, service_id: int) -> HttpResponse:
    """Say who is asked, and how often."""
    kept = kept_entry(request, service_id)
    form = ConfirmerForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, confirmer=form, status=422)
    row = kept.entry
    row.confirmer_id = row.confirmer_id or kept.service.organisation_id
    row.confirmer_name = form.cleaned_data["confirmer_name"]
    row.confirmer_email = form.cleaned_data["confirmer_email"]
    actions.save_confirmer(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre_of(request),
        entry=row,
        clock_days=form.cleaned_data["clock_days"],
    )
    messages.success(request, _("Saved."))
    return redirect("directory:entry", service_id=service_id)


@staff(*KEEPERS)
@require_POST
def open_doubt(request: HttpRequest, service_id: int) -> HttpResponse:
    """Note that sources differ."""
    kept = kept_entry(request, service_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, doubt=form, status=422)
    actions.open_doubt(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre_of(request),
        service=kept.service,
        words=form.cleaned_data["words"],
    )
    messages.success(request, _("The doubt is noted. The public reads it with the entry."))
    return redirect("directory:entry", service_id=service_id)


@staff(*KEEPERS)
@require_POST
def settle_doubt(request: HttpRequest, doubt_id: int) -> HttpResponse:
    """Settle a doubt."""
    doubt = get_object_or_404(Doubt.objects.select_related("service__organisation__centre", "centre"), pk=doubt_id)
    actions.settle_doubt(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre_of(request),
        doubt=doubt,
        words=request.POST.get("words", "")[:1000],
    )
    messages.success(request, _("The doubt is settled."))
    return redirect("directory:entry", service_id=doubt.service_id) if doubt.service_id else redirect("directory:desk")


def _page(
    request: HttpRequest,
    kept: EntryNow,
    *,
    facts: FactsForm | None = None,
    confirmer: ConfirmerForm | None = None,
    doubt: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    last = last_confirmation(kept.service.pk)
    of_centre = CentreEntry.objects.filter(centre=kept.centre).first() or CentreEntry(centre=kept.centre)
    initial = {
        "confirmer_name": kept.entry.confirmer_name,
        "confirmer_email": kept.entry.confirmer_email,
        "clock_days": of_centre.clock_days,
    }
    context: dict[str, Any] = {
        "entry": kept,
        "age": age_words(kept),
        "said": [(label_of(key), value_words(key, value)) for key, value in said_of(kept).items()],
        "last": last,
        "differences": [
            (label_of(one.key), value_words(one.key, one.before), value_words(one.key, one.now))
            for one in (differences_of(kept, last.said) if last else [])
        ],
        "findings": [(one.wrong, finding_words(one)) for one in kept.findings],
        # The desk reads a doubt as it was written.
        "doubts": [(one, one.words or label_of(one.about)) for one in kept.doubts],
        "facts": facts or FactsForm(service=kept.service, entry=kept.entry),
        "confirmer": confirmer or ConfirmerForm(initial=initial),
        "doubt": doubt or WordsForm(auto_id="doubt_%s"),
        "confirmations": Confirmation.objects.filter(service=kept.service)[:MOST_CONFIRMATIONS],
        "failed": status != 200,
        "may_change": can_change(request.user, centre_of(request), kept.service),  # type: ignore[arg-type]
        "hosted": kept.centre.is_hosted,
    }
    return render(request, "directory/desk_entry.html", context, status=status)
