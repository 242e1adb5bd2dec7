"""The next version of a list while it is worked on: its terms, what it changes, what it lacks, and publishing it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre
from havn.vocabularies import words
from havn.vocabularies.actions import drafts, publishing
from havn.vocabularies.forms import MoveForm, PublishForm
from havn.vocabularies.models import Draft
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.queries import as_term, draft_of, terms_in_version
from havn.vocabularies.registry import EditableList
from havn.vocabularies.rules import drafts as rules
from havn.vocabularies.rules.versions import quarter_after
from havn.vocabularies.views.found import actor_of, centre_of, list_at


@staff(*MAY_EDIT)
@require_safe
def draft(request: HttpRequest, dimension: str) -> HttpResponse:
    """The draft, or the list where there is none."""
    edited, centre = list_at(dimension), centre_of(request)
    found = draft_of(centre.pk, dimension)
    if found is None:
        return HttpResponseRedirect(reverse("vocabularies:list", args=[dimension]))
    return _page(request, edited, centre, found)


@staff(*MAY_EDIT)
@require_POST
def publish(request: HttpRequest, dimension: str) -> HttpResponse:
    """Make the draft hold from a day on."""
    edited, centre = list_at(dimension), centre_of(request)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _again(request, edited, centre, _("Choose the first day."))
    try:
        made = publishing.publish(
            actor=actor_of(request), centre=centre, edited=edited,
            version=form.cleaned_data["version"], valid_from=form.cleaned_data["valid_from"],
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refusal:
        return _again(request, edited, centre, refusal.sentence, form.cleaned_data["valid_from"])
    told = _("Published. The desk offers it from %(day)s on.") % {"day": date_format(made.valid_from, "DATE_FORMAT")}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("vocabularies:list", args=[dimension]) + f"?version={made.code}")


@staff(*MAY_EDIT)
@require_POST
def let_go(request: HttpRequest, dimension: str) -> HttpResponse:
    """Drop the draft."""
    try:
        drafts.let_go(actor=actor_of(request), centre=centre_of(request), edited=list_at(dimension))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The draft is gone. The list is as it was."))
    return HttpResponseRedirect(reverse("vocabularies:list", args=[dimension]))


@staff(*MAY_EDIT)
@require_POST
def move(request: HttpRequest, dimension: str) -> HttpResponse:
    """Put a term one place up or down."""
    edited, form = list_at(dimension), MoveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            drafts.move_term(
                actor=actor_of(request), centre=centre_of(request), edited=edited,
                version=said["version"], code=said["code"], up=said["way"] == "up",
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("vocabularies:draft", args=[dimension]))


def _again(
    request: HttpRequest, edited: EditableList, centre: Centre, error: str, day: dt.date | None = None
) -> HttpResponse:
    found = draft_of(centre.pk, edited.dimension)
    if found is None:
        messages.error(request, error)
        return HttpResponseRedirect(reverse("vocabularies:list", args=[edited.dimension]))
    return _page(request, edited, centre, found, error=error, day=day)


def _page(
    request: HttpRequest,
    edited: EditableList,
    centre: Centre,
    found: Draft,
    *,
    error: str = "",
    day: dt.date | None = None,
) -> HttpResponse:
    before = [as_term(row) for row in terms_in_version(found.based_on)]
    terms = rules.from_rows(found.terms)
    labels = {term.code: words.label_of(term.labels, term.code) for term in before}
    labels |= {term.code: words.label_of(term.labels, term.code) for term in terms}
    changed = rules.changes(before, terms)
    faults = rules.faults(before, terms, must_stay=edited.must_stay)
    earliest = publishing.earliest_day(centre, edited)
    lacking = rules.missing_labels(terms, [code for code, _name in words.languages_of(centre)])
    context = {
        "dimension": edited.dimension,
        "title": edited.title(),
        "draft": found,
        "terms": _rows(terms, labels, changed),
        "changes": words.changes_in_words(changed, labels),
        "faults": [words.fault_in_words(one, labels) for one in faults],
        "missing": [
            {"language": words.language_name(language), "names": ", ".join(labels[code] for code in codes)}
            for language, codes in lacking.items()
        ],
        "earliest": earliest,
        "day": day or quarter_after(earliest),
        "error": error,
    }
    return render(request, "vocabularies/desk_draft.html", context, status=400 if error else 200)


def _rows(terms: list[rules.DraftTerm], labels: dict[str, str], changed: rules.Changes) -> list[dict[str, Any]]:
    groups = rules.groups_of({term.code: term.broader for term in terms if not term.retired})
    there = [term.code for term in terms if not term.retired]
    return [
        {
            "term": term,
            "label": labels[term.code],
            "group": labels.get(term.broader, ""),
            "is_group": term.code in groups,
            "to": labels.get(term.replaced_by, ""),
            "is_new": term.code in changed.new,
            "is_renamed": term.code in changed.renamed,
            "first": term.code == there[0] if there else False,
            "last": term.code == there[-1] if there else False,
        }
        for term in terms
    ]
