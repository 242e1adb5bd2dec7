"""What goes into a draft beside what is typed: figures of the centre's records, and documents."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.forms import api as forms
from havn.rounds.actions.files import keep_file, largest_of
from havn.rounds.actions.locking import is_writable
from havn.rounds.permissions import Actor
from havn.rounds.rules.merging import rows_with_documents
from havn.rounds.sources import Taken
from havn.rounds.words import document_fault, state_sentence
from havn.rounds.working import Work


def figures_taken(work: Work, only: str = "") -> dict[str, Taken]:
    """Question to the figure that the records have; `only`: of one question.

    Without `only`, questions that somebody has answered are left alone.
    """
    taken: dict[str, Taken] = {}
    for key, offer in work.offers.items():
        if only and key != only:
            continue
        if not only and work.draft.answers.get(key) not in (None, "", {}):
            continue
        taken[key] = Taken(offer.source, offer.fitted.value, offer.basis)
    return taken


def files_kept(actor: User, work: Work, bound: forms.Bound) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers with documents in their places: new ones kept, others as they were; and by path why one was not."""
    answers, faults = dict(bound.answers), dict[str, str]()
    stored = _without_row(work.draft.answers, bound.pressed)
    for path, question in _file_questions(work.definition, answers):
        kept: Any = None if path in bound.removed else _at(stored, path)
        given = bound.files.get(path)
        if given is not None:
            try:
                kept = document_kept(actor, work, question, given)
            except NotAllowed:
                raise
            except Refused as refusal:
                faults[path] = refusal.sentence
        if kept is not None:
            _put(answers, path, kept)
    return answers, faults


def document_kept(actor: Actor, work: Work, question: forms.Question, given: "UploadedFile[bytes]") -> dict[str, Any]:
    """A document as an answer. Raises Refused, with a sentence, where it is not taken."""
    if not is_writable(work.assignment):
        # Before it is looked at, which may take long.
        raise Refused(state_sentence(work.assignment.state))
    if (given.size or 0) > largest_of(question.largest):
        raise Refused(document_fault("size", largest_of(question.largest)))
    return keep_file(
        actor=actor, assignment_id=work.assignment.pk, name=given.name or "", content=given.read(),
        kinds=question.kinds, largest=question.largest,
    )  # fmt: skip


def with_document(work: Work, path: str, put: Callable[[forms.Question], Any]) -> dict[str, Any]:
    """The draft's answers with what `put` gives for the file question at this path; None takes the document out.

    Raises Refused where no such question is, or no such row.
    """
    answers: dict[str, Any] = copy.deepcopy(work.draft.answers)
    question = dict(_file_questions(work.definition, answers)).get(path)
    if question is None:
        raise Refused(_("No question at this place takes a document. Of a repeated part, keep the row first."))
    _put(answers, path, put(question))
    return answers


def with_documents(work: Work, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a sheet or a system with the documents that the draft has: those bring none, and remove none."""
    whole: dict[str, Any] = dict(answers)
    for section in work.definition.sections:
        files = [one.key for one in section.questions if one.type == forms.Type.FILE]
        stored = work.draft.answers.get(section.key) if section.repeat else None
        if section.repeat is None:
            whole |= {key: work.draft.answers.get(key) for key in files}
        elif files and (isinstance(answers.get(section.key), list) or isinstance(stored, list)):
            whole[section.key] = rows_with_documents(answers.get(section.key), stored, files)
    return whole


def _file_questions(definition: forms.Definition, answers: dict[str, Any]) -> list[tuple[str, forms.Question]]:
    found: list[tuple[str, forms.Question]] = []
    for section in definition.sections:
        files = [one for one in section.questions if one.type == forms.Type.FILE]
        if section.repeat is None:
            found += [(one.key, one) for one in files]
            continue
        rows = answers.get(section.key)
        numbers = range(len(rows)) if isinstance(rows, list) else range(0)
        found += [(f"{section.key}.{number}.{one.key}", one) for number in numbers for one in files]
    return found


def _without_row(answers: Any, pressed: str) -> Any:
    """What is stored, without the row that is being removed: documents of later rows go up with them."""
    verb, _colon, path = pressed.partition(":")
    section, _dot, number = path.partition(".")
    rows = answers.get(section) if verb == "remove" else None
    if not isinstance(rows, list) or not number.isdigit():
        return answers
    return {**answers, section: [row for at, row in enumerate(rows) if at != int(number)]}


def _at(answers: Any, path: str) -> Any:
    value = answers
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    place: Any = answers
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place[part]
    place[last] = value
