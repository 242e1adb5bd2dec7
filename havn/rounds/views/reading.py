"""The page on which answers that were sent in are read, also when what somebody pressed there was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.beside import beside_of
from havn.rounds.differences import differences
from havn.rounds.forms import ReopenForm
from havn.rounds.models import Assignment, Event, Submission
from havn.rounds.queries.answers import history_of, revisions_of
from havn.rounds.queries.rounds import assignment_seen_by, next_to_handle
from havn.rounds.rules.states import Move, after
from havn.rounds.unusual import unusual_in
from havn.rounds.views.around import around
from havn.rounds.views.asked import centre_of
from havn.rounds.warnings import warnings_of
from havn.rounds.words import move_sentence
from havn.rounds.working import Work


@dataclass(frozen=True)
class Typed:
    """What somebody wrote on the page, so that nothing of it is lost when it is refused, and what is wrong with it."""

    error: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    """Question to what is asked about it."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Question to what is wrong with that."""
    words: str = ""
    words_fault: str = ""
    why: str = ""
    """Why it is opened again."""
    question: str = ""
    comment: str = ""
    comment_fault: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    people_fault: str = ""


def refused_page(request: HttpRequest, assignment: Assignment, typed: Typed, *, status: int = 409) -> HttpResponse:
    """The page as things stand now, with the error and what was typed."""
    now = assignment_seen_by(centre_of(request), assignment.pk) or assignment
    return review_page(request, now, typed=typed, status=status)


def review_page(
    request: HttpRequest,
    assignment: Assignment,
    form: ReopenForm | None = None,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    """The newest revision, or the one that is asked for, with what passed between the two sides."""
    typed = typed or Typed()
    work = Work(assignment)
    revisions, history = revisions_of(assignment), history_of(assignment)
    sent = _asked_for(request, revisions)
    context = {**around(request, work, "review"), **_may(request, work, revisions, sent)}
    context |= {
        "sent": sent,
        "revisions": revisions,
        "is_old": sent is not None and sent is not revisions[0],
        "history": [_line(one) for one in history],
        "reopen_form": form or ReopenForm(initial={"words": typed.why}),
        "questions": _questions(work.definition),
        "typed": typed,
        "left": [] if context["may_decide"] else _left(work.definition, typed),
    }
    if typed.people:
        context |= {"chosen": typed.people, "people_fault": typed.people_fault}
    if sent is not None:
        context |= _answers(request, work, sent, typed, asking=bool(context["may_decide"]))
        context |= _changed(work.definition, revisions, sent)
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


def _answers(request: HttpRequest, work: Work, sent: Submission, typed: Typed, *, asking: bool) -> dict[str, Any]:
    language, definition = reader_language(), work.definition
    checked = work.check(sent.answers, final=True)
    beside = beside_of(
        request, work, sent.answers, writing=False, asking=asking, sent=sent, typed=typed.asks, faults=typed.faults
    )  # fmt: skip
    words = {
        key: forms.sentence(one, definition, language) for key, one in warnings_of(checked).items()
    }  # fmt: skip
    return {
        "answers": forms.render_answers(
            definition, sent.answers, language=language, checked=checked, beside=beside, heading="h2"
        ),
        "unusual": unusual_in(work.assignment, definition, sent.answers),
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


def _changed(definition: forms.Definition, revisions: list[Submission], sent: Submission) -> dict[str, Any]:
    """What differs from the revision before; None where there is none."""
    before = next((one for one in revisions if one.revision < sent.revision), None)
    if before is None:
        return {"since": 0, "changed": []}
    found = differences(definition, before.answers, sent.answers, reader_language())
    return {"since": before.revision, "changed": found}


def _left(definition: forms.Definition, typed: Typed) -> list[tuple[str, str]]:
    """What was asked and has no field now, by what it was about."""
    language = reader_language()
    asked = [(forms.path_words(definition, key, language), text) for key, text in typed.asks.items() if text.strip()]
    whole = [(_("For the whole of it"), typed.words), (_("Why it is opened again"), typed.why)]
    return asked + [(name, text) for name, text in whole if text.strip()]
