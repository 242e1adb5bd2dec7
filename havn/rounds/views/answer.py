"""Answering: the form with what the records say beside it; each press keeps what is typed before it does anything."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.actions.drafts import Saved, save_draft, take_figures
from havn.rounds.actions.review import comment
from havn.rounds.beside import beside_of, clash_sentence
from havn.rounds.models import LONGEST_COMMENT
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.answers import asked_back, words_asked_back
from havn.rounds.queries.rounds import place_of
from havn.rounds.taking import figures_taken, files_kept
from havn.rounds.views.around import around
from havn.rounds.views.asked import actor_of, assignment_here
from havn.rounds.working import Work

PREFIX = "q"
LONGEST_PRESS = 200


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The form. A post keeps what was typed, then does what was pressed, and comes back to the place."""
    assignment = assignment_here(request, assignment_id, to_answer=True)
    work = Work(assignment)
    place = place_of(assignment)
    if not place.is_open:
        raise Refused(_("This round has not opened yet."))
    if request.method == "POST":
        return _post(request, work)
    if not place.waits_for_centre:
        return redirect("rounds:review", assignment_id=assignment.pk)
    return _page(request, work, work.draft.answers, seen=work.draft.version)


@staff(*ANSWERERS)
@require_POST
def autosave(request: HttpRequest, assignment_id: int) -> JsonResponse:
    """The same for the page itself, while somebody types. 409 with a sentence where it can't be kept."""
    work = Work(assignment_here(request, assignment_id, to_answer=True))
    bound = forms.bind(work.definition, request.POST, None, PREFIX)
    raw, _faults = files_kept(actor_of(request), work, bound)
    try:
        saved = _save(request, work, raw)
    except Refused as refusal:
        return JsonResponse({"error": refusal.sentence}, status=refusal.status)
    told = [
        {"question": one.key, "sentence": clash_sentence(one, work.definition, reader_language())}
        for one in saved.clashes
    ]
    return JsonResponse({"version": saved.draft.version, "clashes": told})


def _post(request: HttpRequest, work: Work) -> HttpResponse:
    bound = forms.bind(work.definition, request.POST, request.FILES, PREFIX)
    pressed, typed = request.POST.get("press", "")[:LONGEST_PRESS], _comments(request, work)
    raw, refused = files_kept(actor_of(request), work, bound)
    try:
        saved = _save(request, work, raw)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        work = Work(assignment_here(request, work.assignment.pk, to_answer=True))
        return _page(request, work, raw, seen=_seen(request), status=refusal.status, typed=typed)
    for path, sentence in refused.items():
        name = forms.path_words(work.definition, path, reader_language())
        messages.error(request, _("%(question)s: %(fault)s") % {"question": name, "fault": sentence})
    if saved.clashes:
        work.draft = saved.draft
        both = {**saved.draft.answers, **{one.key: one.mine for one in saved.clashes}}
        return _page(request, work, both, seen=saved.draft.version, status=409, saved=saved, typed=typed)
    wrong = _commented(request, work, typed)
    if wrong:
        messages.error(request, _("A comment is not kept yet: look at it once more."))
    if wrong or refused:
        work.draft, left = saved.draft, {key: typed[key] for key in wrong}
        return _page(
            request, work, work.draft.answers, seen=work.draft.version, status=422, typed=left, faults=wrong,
            refused=refused,
        )  # fmt: skip
    return _pressed(request, work, bound.pressed or pressed)


def _pressed(request: HttpRequest, work: Work, pressed: str) -> HttpResponseRedirect:
    """What was pressed, after what was typed is kept."""
    actor, assignment = actor_of(request), work.assignment
    verb, _colon, key = pressed.partition(":")
    address, at = reverse("rounds:answer", args=[assignment.pk]), ""
    match verb:
        case "use" | "use-all":
            figures = figures_taken(work, key if verb == "use" else "")
            take_figures(actor=actor, assignment_id=assignment.pk, figures=figures)
            at = f"#q-{key}" if verb == "use" and key in figures else ""
        case "comment" if key in work.definition.questions or key in work.definition.by_key:
            if not request.POST.get(f"comment-{key}", "").strip():
                messages.error(request, _("Write something first."))
            at = f"#q-{key}"
        case "add" | "remove":
            at = f"#q-{key.partition('.')[0]}"
        case "send":
            address = reverse("rounds:submit", args=[assignment.pk])
        case _:
            messages.success(request, _("Saved."))
    return HttpResponseRedirect(address + at)


def _comments(request: HttpRequest, work: Work) -> dict[str, str]:
    """What is written in fields for comments, by question; nothing of the others."""
    keys = [*work.definition.questions, *work.definition.by_key]
    found = {key: request.POST.get(f"comment-{key}", "").replace("\0", "").strip() for key in keys}
    return {key: text[: 10 * LONGEST_COMMENT] for key, text in found.items() if text}


def _commented(request: HttpRequest, work: Work, typed: dict[str, str]) -> dict[str, str]:
    """Keep every comment, whatever was pressed. Returns what is wrong with those that are not kept."""
    wrong: dict[str, str] = {}
    for key, text in typed.items():
        try:
            comment(actor=actor_of(request), assignment_id=work.assignment.pk, question=key, text=text)
        except NotAllowed:
            raise
        except Refused as refusal:
            wrong[key] = refusal.sentence
    return wrong


def _save(request: HttpRequest, work: Work, raw: dict[str, Any]) -> Saved:
    return save_draft(
        actor=actor_of(request),
        assignment_id=work.assignment.pk,
        answers=work.tidy(raw),
        seen=_seen(request),
        page=request.POST.get("page", "").replace("\0", "")[:16],
    )


def _seen(request: HttpRequest) -> int:
    """The version that the page began from; the first for whatever makes no sense."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _page(
    request: HttpRequest,
    work: Work,
    answers: dict[str, Any],
    *,
    seen: int,
    status: int = 200,
    saved: Saved | None = None,
    typed: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    language = reader_language()
    checked = work.check(answers, final=False)
    clashes = saved.clashes if saved else ()
    context = {
        **around(request, work, "answer"),
        "form": forms.render(
            work.definition,
            answers,
            language=language,
            prefix=PREFIX,
            checked=checked,
            beside=beside_of(
                request, work, answers, writing=True, clashes=clashes, typed=typed, faults=faults, refused=refused
            ),
            before=work.before.last,
            year_before=work.before.year,
        ),
        "draft": work.draft,
        "reopened_words": words_asked_back(work.assignment),
        "seen": seen,
        "page_mark": secrets.token_urlsafe(12),
        "asked": _asked(work, language),
        "is_closed": not place_of(work.assignment).waits_for_centre,
        "clashes": [clash_sentence(one, work.definition, language) for one in clashes],
        "offers": len(work.offers),
        "sections": [
            (one.key, work.definition.said(one.title, language)) for one in work.definition.sections
        ],
        "has_files": any(one.type == forms.Type.FILE for one in work.definition.questions.values()),
    }  # fmt: skip
    return render(request, "rounds/answer.html", context, status=status)


def _asked(work: Work, language: str) -> list[tuple[str, str, str]]:
    """[key, name, question back] of everything that is asked about now."""
    found = asked_back(work.assignment).items()
    return [(key, forms.path_words(work.definition, key, language), one.text) for key, one in found]
