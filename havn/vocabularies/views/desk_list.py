"""One list: its versions with their days, its terms, their labels side by side; beginning a new version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.vocabularies import words
from havn.vocabularies.actions import drafts, publishing
from havn.vocabularies.facts import Term
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.queries import as_term, draft_of, retired_in_version, terms_in_version, versions_in
from havn.vocabularies.reading import not_mapped, terms_to_map, today_at
from havn.vocabularies.rules.drafts import groups_of
from havn.vocabularies.rules.versions import Version
from havn.vocabularies.views.found import actor_of, centre_of, list_at


@staff(*MAY_EDIT)
@require_safe
def one_list(request: HttpRequest, dimension: str) -> HttpResponse:
    """The version that `?version=` names, else the one that holds today."""
    edited, centre = list_at(dimension), centre_of(request)
    versions, today = versions_in(dimension, centre.pk), today_at(centre)
    chosen = _chosen(versions, request.GET.get("version", ""), today)
    terms = [as_term(row) for row in terms_in_version(chosen.code)] if chosen else []
    languages = words.languages_of(centre)
    labels = {term.code: words.label_of(term.labels, term.code) for term in terms}
    groups = groups_of({term.code: term.broader for term in terms})
    names = {term.code: words.label_of(term.labels, term.code) for term in terms_to_map(edited, centre)}
    lacking = [
        {"scheme": scheme.label(), "names": ", ".join(names[code] for code in codes)}
        for scheme, codes in not_mapped(edited, centre)
    ]
    context = {
        "dimension": dimension,
        "title": edited.title(),
        "versions": [{"one": one, "holds": one.holds_on(today), "comes": one.valid_from > today} for one in versions],
        "chosen": chosen,
        "may_take_back": chosen is not None and chosen.own and chosen.valid_from > today,
        "languages": languages,
        "terms": [_row(term, labels, groups, languages) for term in terms],
        "retired": _retired(chosen, labels),
        "draft": draft_of(centre.pk, dimension),
        "missing": [
            {"language": name, "count": sum(not term.labels.get(code) for term in terms)} for code, name in languages
        ],
        "not_mapped": lacking,
    }
    return render(request, "vocabularies/desk_list.html", context)


@staff(*MAY_EDIT)
@require_POST
def begin(request: HttpRequest, dimension: str) -> HttpResponse:
    """Copy the newest version into a draft."""
    drafts.begin(actor=actor_of(request), centre=centre_of(request), edited=list_at(dimension))
    return HttpResponseRedirect(reverse("vocabularies:draft", args=[dimension]))


@staff(*MAY_EDIT)
@require_POST
def take_back(request: HttpRequest, dimension: str) -> HttpResponse:
    """Make the version that does not hold yet a draft again."""
    edited, centre = list_at(dimension), centre_of(request)
    try:
        publishing.take_back(actor=actor_of(request), centre=centre, edited=edited, today=today_at(centre))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(reverse("vocabularies:list", args=[dimension]))
    messages.success(request, _("Taken back. It is a draft again."))
    return HttpResponseRedirect(reverse("vocabularies:draft", args=[dimension]))


def _chosen(versions: list[Version], wanted: str, today: Any) -> Version | None:
    by_code = {one.code: one for one in versions}
    holds = next((one for one in reversed(versions) if one.holds_on(today)), None)
    return by_code.get(wanted) or holds or (versions[-1] if versions else None)


def _row(term: Term, labels: dict[str, str], groups: set[str], languages: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "code": term.code,
        "label": labels[term.code],
        "labels": [{"code": code, "language": name, "text": term.labels.get(code, "")} for code, name in languages],
        "former": term.former_labels,
        "definition": term.definition,
        "group": labels.get(term.broader, ""),
        "is_group": term.code in groups,
    }


def _retired(chosen: Version | None, labels: dict[str, str]) -> list[dict[str, str]]:
    if chosen is None:
        return []
    return [
        {"label": words.label_of(row.labels, row.code), "to": labels.get(row.replaced_by, row.replaced_by)}
        for row in retired_in_version(chosen.code)
    ]
