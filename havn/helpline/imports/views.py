"""The screens of taking contacts in: the files, one file with what it means and a trial of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.helpline.imports import actions, queries, reading, staging, words
from havn.helpline.imports.forms import FileForm, columns_said, meaning_said
from havn.helpline.imports.known import known_at
from havn.helpline.imports.rules import CODED, CONSTANTS, FIELDS, MOST_VALUES, Known, Meaning
from havn.helpline.models import ContactBatch
from havn.helpline.permissions import check_can_import
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here

State = ContactBatch.State
RUNNING = (State.APPLYING, State.UNDOING)


@staff(*MANAGES)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The files that were taken in, and the form for another."""
    return _files(request, FileForm())


@staff(*MANAGES)
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a file in. What is wrong with it is said beside the form."""
    service = service_here(request, *MANAGES)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files(request, form, status=400)
    try:
        rows = reading.rows_of(form.cleaned_data["file"].read())
        batch = actions.take_in(actor=actor_of(request), service=service, rows=rows)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("file", refusal.sentence)
        return _files(request, form, status=409)
    return HttpResponseRedirect(reverse("helpline:import", args=[batch.pk]))


@staff(*MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """One file: before it is applied what it means and what would become of it, afterwards what became of it."""
    found = _batch_here(request, batch)
    if found.state != State.STAGED:
        return render(request, "helpline/manage_import.html", _told(found))
    heads, known = staging.heads_of(found), known_at(found.service)
    if request.method == "POST":
        values = {name: str(value) for name, value in request.POST.items()}
        columns = columns_said(values, heads)
        meaning = meaning_said(values, columns, queries.words_in(found, columns), known)
        actions.say_meaning(actor=actor_of(request), batch_id=found.pk, meaning=meaning)
        messages.success(request, _("Saved, and tried below."))
        return HttpResponseRedirect(reverse("helpline:import", args=[found.pk]))
    said = staging.meaning_of(found)
    meaning = queries.meaning_for(found, heads, found.service)
    in_file = queries.words_in(found, dict(meaning.columns))
    meaning = queries.with_guesses(meaning, in_file, found.service.organisation.centre_id)
    context = _told(found) | {
        "fields": _fields(meaning, heads),
        "constants": _constants(meaning, known),
        "values": _values(meaning, in_file, known),
        "trial": _trial(found, said, known) if "day" in said.columns else None,
    }
    return render(request, "helpline/manage_import.html", context)


@staff(*MANAGES)
@require_POST
def apply(request: HttpRequest, batch: int) -> HttpResponse:
    """Make contacts of the file."""
    found = _batch_here(request, batch)
    actions.apply(actor=actor_of(request), batch_id=found.pk)
    return HttpResponseRedirect(reverse("helpline:import", args=[found.pk]))


@staff(*MANAGES)
@require_POST
def undo(request: HttpRequest, batch: int) -> HttpResponse:
    """Take the file's contacts back."""
    found = _batch_here(request, batch)
    actions.undo(actor=actor_of(request), batch_id=found.pk)
    return HttpResponseRedirect(reverse("helpline:import", args=[found.pk]))


@staff(*MANAGES)
@require_POST
def discard(request: HttpRequest, batch: int) -> HttpResponse:
    """Destroy the rows of a file that was not applied."""
    found = _batch_here(request, batch)
    actions.discard(actor=actor_of(request), batch_id=found.pk)
    messages.success(request, _("The rows of the file are destroyed."))
    return HttpResponseRedirect(f"{reverse('helpline:imports')}?service={found.service_id}")


def _batch_here(request: HttpRequest, pk: int) -> ContactBatch:
    found = (
        ContactBatch.objects.filter(pk=pk, service__in=services_here(request, *MANAGES))
        .select_related("service__organisation__centre", "made_by")
        .first()
    )
    if found is None:
        raise NotAllowed(_("This file is not at your helpline."))
    check_can_import(actor_of(request), found.service)
    return found


def _files(request: HttpRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
    service = service_here(request, *MANAGES)
    check_can_import(actor_of(request), service)
    context = {
        "service": service,
        "form": form,
        "batches": [{"batch": one, "state": words.state_label(one)} for one in queries.batches_of(service)],
    }
    return render(request, "helpline/manage_imports.html", context, status=status)


def _told(found: ContactBatch) -> dict[str, Any]:
    whole = found.contacts if found.state == State.UNDOING else found.rows
    return {
        "batch": found,
        "service": found.service,
        "state": words.state_label(found),
        "running": found.state in RUNNING,
        "whole": max(whole, 1),
    }


def _fields(meaning: Meaning, heads: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": words.field_label(name),
            "required": name == "day",
            "choices": [(at, head, meaning.columns.get(name) == at) for at, head in enumerate(heads) if head],
        }
        for name in FIELDS
    ]


def _constants(meaning: Meaning, known: Known) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": words.field_label(name),
            "choices": [
                (code, words.code_label(name, code), meaning.constants.get(name) == code) for code in known.codes[name]
            ],
        }
        for name in CONSTANTS
    ]


def _values(meaning: Meaning, in_file: dict[str, list[str] | None], known: Known) -> list[dict[str, Any]]:
    made = []
    for name in CODED:
        if name not in in_file:
            continue
        found = in_file[name]
        codes = [(code, words.code_label(name, code)) for code in known.codes[name]]
        made.append(
            {
                "name": name,
                "label": words.field_label(name),
                "column": meaning.columns[name],
                "too_many": found is None,
                "most": MOST_VALUES,
                "words": [{"word": word, "code": meaning.values.get(name, {}).get(word, "")} for word in found or []],
                "codes": codes,
            }
        )
    return made


def _trial(found: ContactBatch, said: Meaning, known: Known) -> dict[str, Any]:
    trial = queries.try_rows(found, said, known)
    return {
        "contacts": trial.contacts,
        "passed_over": trial.passed_over,
        "rows": [(number, [words.problem_words(one) for one in problems]) for number, problems in trial.problems],
        "shown": len(trial.problems),
        "without_time": "time" not in said.columns,
    }
