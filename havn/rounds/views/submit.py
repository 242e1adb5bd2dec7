"""Looking at everything once more, explaining what is unusual, and sending it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.actions.drafts import explain
from havn.rounds.actions.locking import is_writable
from havn.rounds.actions.sending import send_in, take_back
from havn.rounds.models import LONGEST_COMMENT
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.rounds import place_of
from havn.rounds.unusual import unusual_in
from havn.rounds.views.around import around
from havn.rounds.views.asked import actor_of, assignment_here
from havn.rounds.views.reading import Typed, refused_page
from havn.rounds.warnings import warnings_of
from havn.rounds.words import state_sentence
from havn.rounds.working import Work


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Errors stop it; each warning wants a sentence, which is kept whatever comes of the press."""
    work = Work(assignment_here(request, assignment_id, to_answer=True))
    place = place_of(work.assignment)
    if not place.is_open:
        raise Refused(_("This round has not opened yet."))
    if not place.waits_for_centre and request.method != "POST":
        return redirect("rounds:review", assignment_id=work.assignment.pk)
    checked = work.check(work.draft.answers, final=True)
    if request.method == "POST":
        return _send(request, work, checked)
    return _page(request, work, checked, work.draft.explained)


@staff(*ANSWERERS)
@require_POST
def give_back(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Take back what was sent in, while nobody has handled it."""
    assignment = assignment_here(request, assignment_id, to_answer=True)
    try:
        take_back(actor=actor_of(request), assignment_id=assignment.pk)
    except NotAllowed:
        raise
    except Refused as refusal:
        return refused_page(request, assignment, Typed(error=refusal.sentence))
    messages.success(request, _("It is a draft again."))
    return redirect("rounds:answer", assignment_id=assignment.pk)


def _send(request: HttpRequest, work: Work, checked: forms.Checked) -> HttpResponse:
    actor, assignment = actor_of(request), work.assignment
    asked = warnings_of(checked)
    explained = {key: request.POST.get(f"why-{key}", "").replace("\0", "").strip() for key in asked}
    words = request.POST.get("words", "").replace("\0", "").strip()[:LONGEST_COMMENT]
    if not is_writable(assignment):
        return _once_more(request, work, explained, words, state_sentence(assignment.state))
    if not work.draft.version:
        return _page(request, work, checked, explained, words=words, status=422)
    if _seen(request) != work.draft.version:
        return _once_more(request, work, explained, words, _changed())
    lacking = {key for key, sentence in explained.items() if not sentence}
    try:
        draft = explain(
            actor=actor, assignment_id=assignment.pk, seen=work.draft.version, explained=explained
        )  # fmt: skip
        if checked.errors or lacking:
            work.draft = draft
            return _page(request, work, checked, explained, lacking=lacking, words=words, status=422)
        sent = send_in(
            actor=actor,
            assignment_id=assignment.pk,
            seen=draft.version,
            answers=checked.answers,
            values=checked.values,
            warnings=explained,
            words=words,
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _once_more(request, Work(assignment), explained, words, refusal.sentence)
    messages.success(request, _("Sent in as revision %(number)s. Thank you.") % {"number": sent.revision})
    return redirect("rounds:review", assignment_id=assignment.pk)


def _once_more(
    request: HttpRequest, work: Work, explained: dict[str, str], words: str, sentence: str
) -> HttpResponse:  # fmt: skip
    """The page with the answers as they are now, and what was typed here."""
    messages.error(request, sentence)
    checked = work.check(work.draft.answers, final=True)
    return _page(request, work, checked, {**work.draft.explained, **explained}, words=words, status=409)


def _changed() -> str:
    return _("Somebody changed the answers meanwhile. Look at them once more, then send them in.")


def _seen(request: HttpRequest) -> int:
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def _page(
    request: HttpRequest,
    work: Work,
    checked: forms.Checked,
    explained: dict[str, str],
    *,
    lacking: set[str] | None = None,
    words: str = "",
    status: int = 200,
) -> HttpResponse:
    language, definition = reader_language(), work.definition

    def told(fault: forms.Fault) -> dict[str, Any]:
        where = forms.path_words(definition, fault.path, language)
        return {"path": fault.path, "where": where, "sentence": forms.sentence(fault, definition, language)}

    context = {
        **around(request, work, "answer"),
        "errors": [told(one) for one in checked.errors],
        "warnings": [
            {**told(one), "key": key, "words": explained.get(key, ""), "lacks": key in (lacking or ())}
            for key, one in warnings_of(checked).items()
        ],
        "answers": forms.render_answers(definition, checked.answers, language=language, checked=checked, heading="h3"),
        "unusual": unusual_in(work.assignment, definition, checked.answers),
        "draft": work.draft,
        "words": words,
    }
    return render(request, "rounds/submit.html", context, status=status)
