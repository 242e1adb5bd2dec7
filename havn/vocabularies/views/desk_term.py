"""One term of a draft: its labels, what it means, its group, and what takes over when it is retired."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.vocabularies import words
from havn.vocabularies.actions import drafts
from havn.vocabularies.forms import TermForm
from havn.vocabularies.models import Draft
from havn.vocabularies.permissions import MAY_EDIT
from havn.vocabularies.queries import codes_used, draft_of
from havn.vocabularies.registry import EditableList
from havn.vocabularies.rules import drafts as rules
from havn.vocabularies.rules.drafts import DraftTerm
from havn.vocabularies.views.found import actor_of, centre_of, list_at


@staff(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Change a term of the draft."""
    return _form(request, list_at(dimension), code)


@staff(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest, dimension: str) -> HttpResponse:
    """Add a term to the draft."""
    return _form(request, list_at(dimension), "")


def _form(request: HttpRequest, edited: EditableList, code: str) -> HttpResponse:
    centre = centre_of(request)
    draft = draft_of(centre.pk, edited.dimension)
    if draft is None:
        return HttpResponseRedirect(reverse("vocabularies:list", args=[edited.dimension]))
    terms = rules.from_rows(draft.terms)
    before = next((one for one in terms if one.code == code), None)
    if code and before is None:
        raise Http404
    form = TermForm(
        request.POST if request.method == "POST" else None,
        languages=words.languages_of(centre),
        groups=_choices(terms, code, tops=True),
        others=_choices(terms, code, tops=False),
        term=before,
        may_retire=bool(code) and code not in edited.must_stay,
    )
    version, refused = draft.version, False
    if request.method == "POST" and form.is_valid():
        try:
            drafts.put_term(
                actor=actor_of(request), centre=centre, edited=edited, version=_version(request), code=code,
                term=form.as_term(code, before),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refusal:
            # The words stay; the next press is against the draft as it is now.
            form.add_error(None, refusal.sentence)
            refused = True
        else:
            messages.success(request, _("Kept in the draft."))
            return HttpResponseRedirect(reverse("vocabularies:draft", args=[edited.dimension]))
    context = {
        "dimension": edited.dimension,
        "title": edited.title(),
        "form": form,
        "label": words.label_of(before.labels, code) if before else "",
        "version": version,
        "is_added": bool(code) and code not in codes_used(edited.dimension, centre.pk),
        "changed_by": _colleague(draft) if refused else "",
    }
    return render(request, "vocabularies/desk_term.html", context, status=400 if form.errors else 200)


def _choices(terms: list[DraftTerm], code: str, *, tops: bool) -> list[tuple[str, str]]:
    """Other terms in force: those that stand under nothing and may head a group, or those that may take over."""
    groups = rules.groups_of({one.code: one.broader for one in terms if not one.retired})
    if tops and code in groups:
        return []
    return [
        (one.code, words.label_of(one.labels, one.code))
        for one in terms
        if one.code != code and not one.retired and (not one.broader if tops else one.code not in groups)
    ]


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _colleague(draft: Draft) -> str:
    return draft.changed_by.name if draft.changed_by else ""
