"""Reading what was sent in, and deciding: ask back, accept, publish, open again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.actions import review as actions
from havn.rounds.beside import beside_of
from havn.rounds.forms import ReopenForm
from havn.rounds.models import LONGEST_COMMENT, Assignment, Event, Submission
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.answers import history_of, revisions_of
from havn.rounds.queries.rounds import next_to_handle
from havn.rounds.rules.states import Move, after
from havn.rounds.views.around import around
from havn.rounds.views.asked import actor_of, assignment_here, revision_read
from havn.rounds.warnings import warnings_of
from havn.rounds.words import move_sentence
from havn.rounds.working import Work


@staff(*ANSWERERS)
@require_safe
def review(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The newest revision, or the one that is asked for, with what passed between the two sides."""
    return _page(request, assignment_here(request, assignment_id), ReopenForm())


@staff(*ANSWERERS)
@require_POST
def query(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Send it back with a sentence at each question asked about."""
    assignment = assignment_here(request, assignment_id)
    definition = Work(assignment).definition
    keys = [*definition.questions, *(one.key for one in definition.sections if one.repeat)]
    questions = {key: request.POST.get(f"ask-{key}", "").replace("\0", "") for key in keys}
    words = request.POST.get("words", "").replace("\0", "")[:LONGEST_COMMENT]
    actions.ask_back(
        actor=actor_of(request), assignment_id=assignment.pk, revision=revision_read(request.POST.get("revision")),
        questions=questions, words=words,
    )  # fmt: skip
    messages.success(request, _("Sent back with your questions."))
    return _on(request, assignment)


@staff(*ANSWERERS)
@require_POST
def accept(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Accept what was sent in."""
    assignment = assignment_here(request, assignment_id)
    read = revision_read(request.POST.get("revision"))
    actions.accept(actor=actor_of(request), assignment_id=assignment.pk, revision=read)
    messages.success(request, _("Accepted."))
    return redirect("rounds:review", assignment_id=assignment.pk)


@staff(*ANSWERERS)
@require_POST
def publish(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Publish what was accepted."""
    assignment = assignment_here(request, assignment_id)
    actions.publish(actor=actor_of(request), assignment_id=assignment.pk)
    messages.success(request, _("Published."))
    return redirect("rounds:review", assignment_id=assignment.pk)


@staff(*ANSWERERS)
@require_POST
def reopen(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Open it again, saying why."""
    assignment = assignment_here(request, assignment_id)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, assignment, form, status=422)
    actions.reopen(actor=actor_of(request), assignment_id=assignment.pk, words=form.cleaned_data["words"])
    messages.success(request, _("Opened again. The centre is asked for a correction."))
    return redirect("rounds:review", assignment_id=assignment.pk)


@staff(*ANSWERERS)
@require_POST
def comment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """A word at one question."""
    assignment = assignment_here(request, assignment_id)
    question = request.POST.get("question", "")
    definition = Work(assignment).definition
    try:
        if question not in definition.questions and question not in definition.by_key:
            raise Refused(_("Choose a question."))
        words = request.POST.get("comment", "").replace("\0", "")
        actions.comment(actor=actor_of(request), assignment_id=assignment.pk, question=question, text=words)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The comment is kept."))
    return redirect("rounds:review", assignment_id=assignment.pk)


def _on(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """To the next one that waits, or back to the board."""
    following = next_to_handle(assignment.round, but=assignment.pk)
    if following is not None:
        return redirect("rounds:review", assignment_id=following.pk)
    return redirect("rounds:round", round_id=assignment.round_id)


def _page(request: HttpRequest, assignment: Assignment, form: ReopenForm, *, status: int = 200) -> HttpResponse:
    work = Work(assignment)
    revisions, history = revisions_of(assignment), history_of(assignment)
    sent = _asked_for(request, revisions)
    context = {**around(request, work, "review"), **_may(request, work, revisions, sent)}
    context |= {
        "sent": sent,
        "revisions": revisions,
        "is_old": sent is not None and sent is not revisions[0],
        "history": [_line(one) for one in history],
        "reopen_form": form,
        "questions": _questions(work.definition),
    }
    if sent is not None:
        context |= _answers(request, work, sent, asking=bool(context["may_decide"]))
        context["sent_words"] = next((one.words for one in history if one.revision == sent.revision), "")
    return render(request, "rounds/review.html", context, status=status)


def _may(request: HttpRequest, work: Work, revisions: list[Submission], sent: Submission | None) -> dict[str, object]:
    is_newest = sent is not None and sent is revisions[0]
    about, state = around(request, work, "review"), work.assignment.state

    def may(move: Move, right: str) -> bool:
        return bool(is_newest and about[right] and after(move, state) is not None)

    return {
        "may_decide": may(Move.QUERY, "may_run"),
        "may_accept_now": may(Move.ACCEPT, "may_accept"),
        "may_publish_now": may(Move.PUBLISH, "may_accept"),
        "may_reopen_now": may(Move.REOPEN, "may_accept"),
        "may_take_back": may(Move.TAKE_BACK, "may_answer"),
        "may_comment": sent is not None,
        "next": next_to_handle(work.round, but=work.assignment.pk) if about["may_run"] else None,
    }


def _answers(request: HttpRequest, work: Work, sent: Submission, *, asking: bool) -> dict[str, Any]:
    language, definition = reader_language(), work.definition
    checked = work.check(sent.answers, final=True)
    beside = beside_of(request, work, sent.answers, writing=False, asking=asking, sent=sent)
    words = {
        key: forms.sentence(one, definition, language) for key, one in warnings_of(checked).items()
    }  # fmt: skip
    return {
        "answers": forms.render_answers(
            definition, sent.answers, language=language, checked=checked, beside=beside, heading="h2"
        ),
        "explained": [
            {"sentence": words.get(key, key), "words": text} for key, text in sent.explained.items()
        ],
    }  # fmt: skip


def _asked_for(request: HttpRequest, revisions: list[Submission]) -> Submission | None:
    wanted = request.GET.get("revision", "")
    found = [one for one in revisions if str(one.revision) == wanted]
    return found[0] if found else revisions[0] if revisions else None


def _line(one: Event) -> dict[str, object]:
    who = one.by.name if one.by else (_("by a system with the key %(key)s") % {"key": one.by_key} if one.by_key else "")
    return {
        "at": one.at, "what": move_sentence(one.move), "who": who, "words": one.words, "revision": one.revision
    }  # fmt: skip


def _questions(definition: forms.Definition) -> list[tuple[str, Any]]:
    language = reader_language()
    single = [
        (one.key, definition.said(one.label, language))
        for one in definition.questions.values()
        if one.type != forms.Type.NOTE and definition.section_of[one.key].repeat is None
    ]
    repeated = [(one.key, definition.said(one.title, language)) for one in definition.sections if one.repeat]
    return single + repeated
