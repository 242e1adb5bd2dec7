"""Deciding about what was sent in: ask back, accept, publish, open again. A refusal shows what was typed again."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.rounds.actions import review as actions
from havn.rounds.forms import ReopenForm
from havn.rounds.models import LONGEST_COMMENT, Assignment
from havn.rounds.permissions import ANSWERERS, check_can_accept
from havn.rounds.queries.rounds import next_to_handle
from havn.rounds.views.asked import actor_of, assignment_here, revision_read
from havn.rounds.views.reading import Typed, refused_page, review_page
from havn.rounds.working import Work

MOST_KEPT = 10 * LONGEST_COMMENT
"""Of a text that is too long so much is shown again."""


@staff(*ANSWERERS)
@require_safe
def review(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The newest revision, or the one that is asked for, with what passed between the two sides."""
    return review_page(request, assignment_here(request, assignment_id))


@staff(*ANSWERERS)
@require_POST
def query(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Send it back with a sentence at each question asked about."""
    assignment = assignment_here(request, assignment_id)
    asks, words = _asked(request, assignment), _written(request, "words")
    too_long = _("A question back has at most 2,000 characters.")
    faults = {key: too_long for key, text in asks.items() if len(text) > LONGEST_COMMENT}
    words_fault = too_long if len(words) > LONGEST_COMMENT else ""
    typed = Typed(asks=asks, faults=faults, words=words, words_fault=words_fault)
    if faults or words_fault:
        return refused_page(request, assignment, _with(typed, too_long), status=422)
    read = revision_read(request.POST.get("revision"))
    try:
        actions.ask_back(
            actor=actor_of(request), assignment_id=assignment.pk, revision=read, questions=asks, words=words
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refusal:
        return refused_page(request, assignment, _with(typed, refusal.sentence))
    messages.success(request, _("Sent back with your questions."))
    return _on(request, assignment)


@staff(*ANSWERERS)
@require_POST
def accept(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Accept what was sent in. A question that is written is not thrown away with it."""
    assignment, read = assignment_here(request, assignment_id), revision_read(request.POST.get("revision"))
    check_can_accept(actor_of(request), assignment.round.owner)
    typed = Typed(asks=_asked(request, assignment), words=_written(request, "words"))
    if typed.asks or typed.words:
        sentence = _("You wrote a question. Send the answers back with it, or empty its field to accept.")
        return refused_page(request, assignment, _with(typed, sentence), status=422)

    def do(assignment: Assignment) -> str:
        actions.accept(actor=actor_of(request), assignment_id=assignment.pk, revision=read)
        return _("Accepted.")

    return _decided(request, assignment, do)


@staff(*ANSWERERS)
@require_POST
def publish(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Publish what was accepted."""

    def do(assignment: Assignment) -> str:
        actions.publish(actor=actor_of(request), assignment_id=assignment.pk)
        return _("Published.")

    return _decided(request, assignment_here(request, assignment_id), do)


@staff(*ANSWERERS)
@require_POST
def reopen(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Open it again, saying why."""
    assignment = assignment_here(request, assignment_id)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return review_page(request, assignment, form, typed=Typed(why=_written(request, "words")), status=422)
    words = form.cleaned_data["words"]

    def do(assignment: Assignment) -> str:
        actions.reopen(actor=actor_of(request), assignment_id=assignment.pk, words=words)
        return _("Opened again. The centre is asked for a correction.")

    return _decided(request, assignment, do, Typed(why=words))


@staff(*ANSWERERS)
@require_POST
def comment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """A word at one question."""
    assignment = assignment_here(request, assignment_id)
    question, words = request.POST.get("question", ""), _written(request, "comment")
    definition = Work(assignment).definition
    try:
        if question not in definition.questions and question not in definition.by_key:
            raise Refused(_("Choose a question."))
        actions.comment(actor=actor_of(request), assignment_id=assignment.pk, question=question, text=words)
    except NotAllowed:
        raise
    except Refused as refusal:
        typed = Typed(question=question, comment=words, comment_fault=refusal.sentence)
        return refused_page(request, assignment, typed, status=422)
    messages.success(request, _("The comment is kept."))
    return redirect("rounds:review", assignment_id=assignment.pk)


def _decided(
    request: HttpRequest, assignment: Assignment, do: Callable[[Assignment], str], typed: Typed | None = None
) -> HttpResponse:
    """Do it and say so; where it is refused, the page as things stand now, with why."""
    try:
        said = do(assignment)
    except NotAllowed:
        raise
    except Refused as refusal:
        return refused_page(request, assignment, _with(typed or Typed(), refusal.sentence))
    messages.success(request, said)
    return redirect("rounds:review", assignment_id=assignment.pk)


def _asked(request: HttpRequest, assignment: Assignment) -> dict[str, str]:
    """Question, or repeated part, to what is asked about it."""
    definition = Work(assignment).definition
    keys = [*definition.questions, *(one.key for one in definition.sections if one.repeat)]
    return {key: text for key in keys if (text := _written(request, f"ask-{key}"))}


def _with(typed: Typed, error: str) -> Typed:
    return replace(typed, error=error)


def _written(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:MOST_KEPT]


def _on(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """To the next one that waits, or back to the board."""
    following = next_to_handle(assignment.round, but=assignment.pk)
    if following is not None:
        return redirect("rounds:review", assignment_id=following.pk)
    return redirect("rounds:round", round_id=assignment.round_id)
