"""What goes into a draft beside what is typed: figures of the centre's records, and documents."""

from collections.abc import Mapping
from typing import Any

from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.forms import api as forms
from havn.rounds.actions.files import keep_file
from havn.rounds.rules.documents import LARGEST
from havn.rounds.sources import Taken
from havn.rounds.words import document_fault
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


def files_kept(actor: User, work: Work, bound: forms.Bound) -> tuple[dict[str, Any], list[str]]:
    """The answers with documents in their places: new ones kept, others as they were; and what was not taken."""
    answers, faults = dict(bound.answers), list[str]()
    stored = _without_row(work.draft.answers, bound.pressed)
    for path, question in _file_questions(work.definition, answers):
        kept: Any = None if path in bound.removed else _at(stored, path)
        given = bound.files.get(path)
        if given is not None:
            try:
                size = given.size or 0
                if size > min(question.largest or LARGEST, LARGEST):
                    raise Refused(document_fault("size", min(question.largest or LARGEST, LARGEST)))
                kept = keep_file(
                    actor=actor, assignment_id=work.assignment.pk, name=given.name or "", content=given.read(),
                    kinds=question.kinds, largest=question.largest,
                )  # fmt: skip
            except NotAllowed:
                raise
            except Refused as refusal:
                faults.append(refusal.sentence)
        if kept is not None:
            _put(answers, path, kept)
    return answers, faults


def with_documents(work: Work, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a sheet or a system with the documents that the draft has: neither can bring or remove any."""
    whole: dict[str, Any] = dict(answers)
    for key, rows in answers.items():
        if isinstance(rows, list) and key in work.definition.by_key:
            whole[key] = [dict(row) if isinstance(row, dict) else {} for row in rows]
    for path, _question in _file_questions(work.definition, whole):
        _put(whole, path, _at(work.draft.answers, path))
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
