"""Follow-up: write it in versions, hang evidence to it, have it validated by somebody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.recommendations import actions, words
from havn.recommendations.actions.follow_up import ChangedMeanwhile
from havn.recommendations.composing import blocks_of
from havn.recommendations.evidence import address_of, proofs_of
from havn.recommendations.forms import EvidenceForm, FollowUpForm
from havn.recommendations.models import Evidence, FollowUp
from havn.recommendations.permissions import FILLERS, READERS, can_fill, can_validate, check_can_fill
from havn.recommendations.rules.factsheet.inner import words_of
from havn.recommendations.rules.states import is_overdue
from havn.recommendations.views.asked import (
    ask_of,
    centre_of,
    chapter_of,
    factsheet_of,
    factsheets_on,
    follow_up_of,
    today_in,
)

_DIGITS = 9
_VERBS = ("submit", "send_back", "validate", "reopen")


@staff(*READERS)
@require_safe
def follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """What is said, since when, by whom, with what evidence, and in which versions."""
    return _page(request, follow_up_of(request, follow_up_id), None)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_follow_up(request: HttpRequest, ask_id: int) -> HttpResponse:
    """A follow-up of an ask."""
    found = ask_of(request, ask_id)
    return _form(request, FollowUp(factsheet=found.factsheet, chapter=found.chapter, ask=found))


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_practice(request: HttpRequest, factsheet_id: int, number: str) -> HttpResponse:
    """A promising practice of a chapter."""
    found = factsheet_of(request, factsheet_id)
    return _form(request, FollowUp(factsheet=found, chapter=chapter_of(found, number)))


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """A new version of a draft."""
    return _form(request, follow_up_of(request, follow_up_id))


@staff(*FILLERS)
@require_POST
def move_follow_up(request: HttpRequest, follow_up_id: int, verb: str) -> HttpResponse:
    """Submit, send back, validate, or open again."""
    found = follow_up_of(request, follow_up_id)
    if verb not in _VERBS:
        raise Http404
    today = today_in(found.factsheet.party)
    seen = _seen(request, verb)
    moved = actions.move_follow_up(actor=request.user, follow_up=found, verb=verb, today=today, seen=seen)  # type: ignore[arg-type]
    if verb == "reopen":
        said = _("Here is a draft with the same words. What is validated stays as it is until this is validated.")
    else:
        said = _("The follow-up is moved on.")
    messages.success(request, said)
    return redirect("recommendations:follow_up", follow_up_id=moved.pk)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Ask once, then throw a draft away."""
    found = follow_up_of(request, follow_up_id)
    if request.method != "POST":
        return render(request, "recommendations/follow_up_delete.html", {"follow_up": found})
    actions.delete_follow_up(actor=request.user, follow_up=found, today=today_in(found.factsheet.party))  # type: ignore[arg-type]
    messages.success(request, _("The draft is thrown away."))
    return redirect("recommendations:chapter", factsheet_id=found.factsheet_id, number=found.chapter.number)


@staff(*FILLERS)
@require_POST
def add_evidence(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Hang a link, or something that is kept here, to a draft."""
    found = follow_up_of(request, follow_up_id)
    form = EvidenceForm(request.POST, centre=found.factsheet.party)
    if not form.is_valid():
        return _page(request, found, form)
    actions.add_evidence(
        actor=request.user,  # type: ignore[arg-type]
        follow_up=found,
        today=today_in(found.factsheet.party),
        **form.cleaned_data,
    )
    messages.success(request, _("The evidence is added."))
    return redirect("recommendations:follow_up", follow_up_id=follow_up_id)


@staff(*FILLERS)
@require_POST
def remove_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Take one away."""
    found = Evidence.objects.filter(follow_up__factsheet__in=factsheets_on(request))
    rows = found.select_related("follow_up__factsheet__round", "follow_up__factsheet__party")
    evidence = get_object_or_404(rows, pk=evidence_id)
    number = evidence.follow_up_id
    party = evidence.follow_up.factsheet.party
    actions.remove_evidence(actor=request.user, evidence=evidence, today=today_in(party))  # type: ignore[arg-type]
    messages.success(request, _("The evidence is taken away."))
    return redirect("recommendations:follow_up", follow_up_id=number)


def _form(request: HttpRequest, found: FollowUp) -> HttpResponse:
    sheet = found.factsheet
    today = today_in(sheet.party)
    check_can_fill(request.user, sheet, today)  # type: ignore[arg-type]
    first = _values(found) if found.pk else {"dated_on": today, "version": 0}
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, initial=first, factsheet=sheet, ask=found.ask
    )  # fmt: skip
    theirs = None
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            saved = actions.save_follow_up(
                actor=request.user, follow_up=found, words=form.words(), today=today, seen=seen  # type: ignore[arg-type]
            )  # fmt: skip
        except ChangedMeanwhile as refused:
            # Shown below their own words; a second press says that these are meant.
            theirs = follow_up_of(request, found.pk)
            form = FollowUpForm({**request.POST.dict(), "version": theirs.version}, factsheet=sheet, ask=found.ask)
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("recommendations:follow_up", follow_up_id=saved.pk)
    context = {
        "form": form,
        "follow_up": found if found.pk else None,
        "ask": found.ask,
        "factsheet": sheet,
        "chapter": found.chapter,
        "country": words.country(sheet.party),
        "theirs": theirs,
    }
    return render(request, "recommendations/follow_up_form.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, found: FollowUp, form: EvidenceForm | None) -> HttpResponse:
    sheet = found.factsheet
    today = today_in(sheet.party)
    status = words.status_of(found)
    is_ours = sheet.party_id == centre_of(request).pk
    may_fill = can_fill(request.user, sheet, today) and not found.is_imported  # type: ignore[arg-type]
    may_prove = may_fill and found.state != FollowUp.State.SUBMITTED
    is_draft = found.state == FollowUp.State.DRAFT
    may_change = is_draft and may_fill
    context = {
        "follow_up": found,
        "country": words.country(sheet.party),
        "status": status,
        "text": words_of(blocks_of(found)) if found.is_imported else found.text,
        "is_overdue": is_overdue(due=found.due_on, today=today, is_done=bool(status and status.is_done)),
        "evidence": [(one, address_of(one, sheet.party)) for one in found.evidence.all()],
        "versions": found.versions.select_related("written_by") if is_ours else [],
        "draft": FollowUp.objects.filter(replaces=found).first() if is_ours else None,
        "may_change": may_change,
        "may_fill": may_fill,
        "may_prove": may_prove,
        "may_validate": can_validate(request.user, found),  # type: ignore[arg-type]
        "form": (form or EvidenceForm(centre=sheet.party)) if may_prove else None,
        "proofs": proofs_of(found.chapter, sheet.party) if may_prove else [],
    }
    return render(request, "recommendations/follow_up.html", context, status=422 if form is not None else 200)


def _values(found: FollowUp) -> dict[str, object]:
    names = ("kind", "dated_on", "status", "text", "body", "due_on", "responsible", "alternate", "version")
    return {name: getattr(found, name) for name in names}


def _seen(request: HttpRequest, verb: str) -> int | None:
    """The version that the person read. Nobody validates without having read one."""
    posted = request.POST.get("version", "")
    is_number = posted.isascii() and posted.isdigit() and len(posted) <= _DIGITS
    return int(posted) if is_number else (0 if verb == "validate" else None)
