"""Where the terms of a list count in other lists: one table, a choice for each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre
from havn.vocabularies import words
from havn.vocabularies.actions import mappings as actions
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.queries import mappings_said
from havn.vocabularies.reading import Mapped, mapped_of
from havn.vocabularies.registry import EditableList
from havn.vocabularies.views.found import actor_of, centre_of, list_at

USUAL, NOWHERE = "", "-"


@staff(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def mappings(request: HttpRequest, dimension: str) -> HttpResponse:
    """Show the table, or keep what was chosen in it."""
    edited, centre = list_at(dimension), centre_of(request)
    if request.method != "POST":
        return _page(request, edited, centre)
    said = {
        (one.scheme.name, term.code): _said(request.POST.get(_name(one, term.code), USUAL))
        for term, row in mapped_of(edited, centre)
        for one in row
        if not one.is_itself
    }
    try:
        changed = actions.say(
            actor=actor_of(request), centre=centre, edited=edited, seen=request.POST.get("seen", ""), said=said
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, edited, centre, error=refusal.sentence, chosen=said)
    messages.success(
        request,
        ngettext("Saved: %(count)s place is another.", "Saved: %(count)s places are others.", changed)
        % {"count": changed},
    )
    return HttpResponseRedirect(reverse("vocabularies:mappings", args=[dimension]))


def _said(value: str) -> str | None:
    return None if value == USUAL else "" if value == NOWHERE else value


def _name(one: Mapped, code: str) -> str:
    return f"{one.scheme.name}:{code}"


def _page(
    request: HttpRequest,
    edited: EditableList,
    centre: Centre,
    *,
    error: str = "",
    chosen: dict[tuple[str, str], str | None] | None = None,
) -> HttpResponse:
    schemes = edited.schemes()
    labels = {one.name: dict(one.targets()) for one in schemes}
    rows = [
        {
            "label": words.label_of(term.labels, term.code),
            "cells": [_cell(one, term.code, labels[one.scheme.name], chosen) for one in row],
        }
        for term, row in mapped_of(edited, centre)
    ]
    context = {
        "dimension": edited.dimension,
        "title": edited.title(),
        "heads": [one.label() for one in schemes],
        "rows": rows,
        "seen": actions.mark_of(mappings_said(centre.pk, edited.dimension)),
        "error": error,
    }
    return render(request, "vocabularies/desk_mappings.html", context, status=409 if error else 200)


def _cell(
    one: Mapped, code: str, labels: dict[str, str], chosen: dict[tuple[str, str], str | None] | None
) -> dict[str, Any]:
    said = chosen.get((one.scheme.name, code), one.said) if chosen is not None else one.said
    usual = labels.get(one.usual, _("nowhere"))
    return {
        "name": _name(one, code),
        "head": one.scheme.label(),
        "is_itself": one.is_itself,
        "itself": labels.get(code, ""),
        "value": USUAL if said is None else said or NOWHERE,
        "choices": [
            (USUAL, _("As usual: %(place)s") % {"place": usual}),
            (NOWHERE, _("Nowhere")),
            *labels.items(),
        ],
        "is_nowhere": not (one.usual if said is None else said),
    }
