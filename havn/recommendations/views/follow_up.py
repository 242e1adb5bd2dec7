"""Follow-up: write it in versions, hang evidence to it, have it validated by somebody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.models import User
from havn.common.errors import Refused
from havn.recommendations import actions, words
from havn.recommendations.actions.follow_up import ChangedMeanwhile
from havn.recommendations.composing import blocks_of, evidence_words
from havn.recommendations.evidence import address_of, proofs_of
from havn.recommendations.forms import EvidenceForm, FollowUpForm
from havn.recommendations.models import FollowUp
from havn.recommendations.permissions import (
    FILLERS,
    READERS,
    can_fill,
    can_name,
    can_validate,
    check_can_fill,
    today_in,
    who_validates,
)
from havn.recommendations.queries import named
from havn.recommendations.queries.factsheets import kinds_for
from havn.recommendations.rules.factsheet.inner import words_of
from havn.recommendations.rules.states import is_overdue
from havn.recommendations.views.asked import (
    ask_of,
    centre_of,
    factsheet_of,
    follow_up_of,
    part_of,
)

_DIGITS = 9
_VERBS = ("submit", "send_back", "validate", "reopen")


@staff(*READERS)
@require_safe
def follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """What is said, since when, by whom, with what evidence, and in which versions."""
    return follow_up_page(request, follow_up_of(request, follow_up_id), None)


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
    part = part_of(found, number)
    made = FollowUp(factsheet=found, chapter=part.chapter)
    if not kinds_for(made):
        raise Refused(words.boxes_sentence(found.round))
    return _form(request, made)


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


def _form(request: HttpRequest, found: FollowUp) -> HttpResponse:
    sheet = found.factsheet
    today = today_in(sheet.party)
    check_can_fill(request.user, sheet, today)  # type: ignore[arg-type]
    first = _values(found) if found.pk else {"dated_on": today, "version": 0}
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, initial=first, follow_up=found, today=today
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
            form = FollowUpForm({**request.POST.dict(), "version": theirs.version}, follow_up=found, today=today)
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("recommendations:follow_up", follow_up_id=saved.pk)
    context = {
        "form": form,
        "follow_up": found if found.pk else None,
        "ask": found.ask,
        "factsheet": sheet,
        "part": named.part_of(found),
        "country": words.country(sheet.party),
        "theirs": theirs,
    }
    return render(request, "recommendations/follow_up_form.html", context, status=422 if form.errors else 200)


def follow_up_page(request: HttpRequest, found: FollowUp, form: EvidenceForm | None) -> HttpResponse:
    """The page of a follow-up, with a form for evidence where it may be added."""
    sheet = found.factsheet
    today = today_in(sheet.party)
    status = words.status_of(found)
    is_ours = sheet.party_id == centre_of(request).pk
    may_fill = can_fill(request.user, sheet, today) and not found.is_imported  # type: ignore[arg-type]
    may_prove = may_fill and found.state == FollowUp.State.DRAFT
    is_draft = found.state == FollowUp.State.DRAFT
    may_change = is_draft and may_fill
    context = {
        "follow_up": found,
        "country": words.country(sheet.party),
        "status": status,
        "text": words_of(blocks_of(found)) if found.is_imported else found.text,
        "is_overdue": is_overdue(due=found.due_on, today=today, is_done=bool(status and status.is_done)),
        "evidence": [
            (one, evidence_words(one), address_of(one, sheet.party))
            for one in found.evidence.select_related("file").defer("file__content")
        ],
        "part": named.part_of(found),
        "validators": [one.name for one in User.objects.filter(pk__in=who_validates(found)).order_by("name", "pk")],
        "may_name": can_name(request.user, sheet, today) and found.state != FollowUp.State.VALIDATED,  # type: ignore[arg-type]
        "versions": found.versions.select_related("written_by") if is_ours else [],
        "draft": FollowUp.objects.filter(replaces=found).first() if is_ours else None,
        "may_change": may_change,
        "may_fill": may_fill,
        "may_prove": may_prove,
        "may_validate": can_validate(request.user, found, today),  # type: ignore[arg-type]
        "form": (form or EvidenceForm(centre=sheet.party)) if may_prove else None,
        "proofs": proofs_of(found.chapter, sheet.party) if may_prove else [],
    }
    return render(request, "recommendations/follow_up.html", context, status=422 if form is not None else 200)


def _values(found: FollowUp) -> dict[str, object]:
    names = ("kind", "dated_on", "status", "text", "body", "due_on", "responsible", "alternate", "validator", "version")
    return {name: getattr(found, name) for name in names}


def _seen(request: HttpRequest, verb: str) -> int | None:
    """The version that the person read. Nobody validates without having read one."""
    posted = request.POST.get("version", "")
    is_number = posted.isascii() and posted.isdigit() and len(posted) <= _DIGITS
    return int(posted) if is_number else (0 if verb == "validate" else None)
