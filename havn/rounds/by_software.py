"""Answering by software: what a centre is asked, the form as data, its draft, and sending in. For keys of a centre."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.utils.translation import gettext as _

from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.actions.drafts import put_answers
from havn.rounds.actions.sending import send_in
from havn.rounds.models import Assignment, Draft
from havn.rounds.permissions import Key
from havn.rounds.queries.rounds import asked_of, place_of
from havn.rounds.rules.plain import plain, plain_text
from havn.rounds.rules.schedule import closing_moment, opening_moment
from havn.rounds.taking import document_kept, with_document, with_documents
from havn.rounds.warnings import warnings_of
from havn.rounds.words import form_title
from havn.rounds.working import Work
from havn.tenancy.models import Centre

LARGEST_ID = 2**62
LONGEST_ANSWERS = 256 * 1024
"""Of all answers to a form together, in bytes as JSON: as much as a long form on the screen."""


@dataclass(frozen=True)
class Told:
    """What a form says of answers: a path, how grave it is, a sentence, and for a warning the key to explain it by."""

    path: str
    level: str
    sentence: str
    explain: str


@dataclass(frozen=True)
class SentIn:
    """A revision that was sent in; None with what is wrong or not explained."""

    revision: int | None
    faults: list[Told]


def asked(centre: Centre) -> list[dict[str, Any]]:
    """Everything that the centre is asked and that has opened, the latest closing first."""
    return [_told(one) for one in asked_of(centre) if place_of(one).is_open]


def one_asked(centre: Centre, number: int) -> dict[str, Any]:
    """One of them with its draft, what the form says of it, and the form as data. Http404 for any other."""
    work = Work(_assignment(centre, number))
    draft = work.draft
    checked = work.check(draft.answers, final=False)
    return {
        **_told(work.assignment),
        "version": draft.version,
        "answers": draft.answers,
        "faults": _faults(work, checked),
        "definition": work.round.form_version.definition,
        "lists": lists_in(work.definition),
        "asked_back": {row.question: row.text for row in work.assignment.comments.filter(asks=True)},
    }


def keep(key: Key, centre: Centre, number: int, answers: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Put these answers in place of the draft of that version. Raises Refused where it changed, or can't be changed."""
    work = Work(_assignment(centre, number))
    try:
        safe = plain(dict(answers))
    except ValueError:
        raise Refused(_("These answers are no form: a number is none, or something nests too deep.")) from None
    if len(json.dumps(safe, ensure_ascii=False).encode()) > LONGEST_ANSWERS:
        raise Refused(_("These answers are longer than any form asks for. Send shorter ones."))
    whole = work.tidy(with_documents(work, safe))
    draft = put_answers(actor=key, assignment_id=work.assignment.pk, answers=whole, seen=version)
    return {"version": draft.version, "faults": _faults(work, work.check(draft.answers, final=False))}


def put_document(
    key: Key, centre: Centre, number: int, *, path: str, version: int, given: "UploadedFile[bytes] | None"
) -> dict[str, Any]:
    """Put a document in its place in the draft of that version; None takes out what is there.

    Raises Refused where the draft changed, where no file question is at this path, and for what is no document.
    """
    work = Work(_assignment(centre, number))
    if work.draft.version != version:
        raise Refused(_("Somebody changed the answers meanwhile. Look at what would change once more."))
    answers = with_document(work, path, lambda one: document_kept(key, work, one, given) if given else None)
    draft = put_answers(actor=key, assignment_id=work.assignment.pk, answers=work.tidy(answers), seen=version)
    return {"version": draft.version, "faults": _faults(work, work.check(draft.answers, final=False))}


def submit(key: Key, centre: Centre, number: int, version: int, explained: Mapping[str, str]) -> SentIn:
    """Send the draft of that version in. Errors, and warnings without a sentence, are given back instead."""
    work = Work(_assignment(centre, number))
    draft = Draft.objects.filter(assignment=work.assignment).first() or work.draft
    if draft.version != version:
        raise Refused(_("Somebody changed the answers meanwhile. Look at them once more, then send them in."))
    checked = work.check(draft.answers, final=True)
    explained = {name: plain_text(text) for name, text in explained.items()}
    sentences = {name: explained.get(name) or draft.explained.get(name, "") for name in warnings_of(checked)}
    lacking = {name for name, sentence in sentences.items() if not sentence.strip()}
    if checked.errors or lacking:
        wrong = [one for one in _faults(work, checked) if one.level == forms.Level.ERROR or one.explain in lacking]
        return SentIn(None, wrong)
    sent = send_in(
        actor=key, assignment_id=work.assignment.pk, seen=version, answers=checked.answers, values=checked.values,
        warnings=sentences,
    )  # fmt: skip
    return SentIn(sent.revision, [])


def lists_in(definition: forms.Definition) -> dict[str, list[dict[str, str]]]:
    """The terms that the form takes from lists: by dimension their codes and names."""
    found: dict[str, list[dict[str, str]]] = {}
    language = reader_language()
    for question in definition.questions.values():
        for dimension, choices in (
            (question.choices_from, question.choices),
            (question.rows_from, question.rows),
            (question.columns_from, question.columns),
        ):
            if dimension:
                terms = [(one.code, definition.said(one.label, language).text) for one in choices]
                found[dimension] = [{"code": code, "label": label} for code, label in terms]
    return found


def _told(assignment: Assignment) -> dict[str, Any]:
    one, zone = assignment.round, assignment.centre.time_zone
    last = assignment.submissions.first()
    return {
        "id": assignment.pk,
        "form": one.form_version.form.key,
        "form_version": one.form_version.number,
        "title": form_title(one.form_version),
        "owner": one.owner.name,
        "first": one.first,
        "last": one.last,
        "opens_at": opening_moment(one.opens_on, zone),
        "closes_at": closing_moment(one.closes_on, zone),
        "state": assignment.state,
        "revision": last.revision if last else None,
    }


def _faults(work: Work, checked: forms.Checked) -> list[Told]:
    language = reader_language()
    keys = {id(fault): key for key, fault in warnings_of(checked).items()}
    return [
        Told(one.path, str(one.level), forms.sentence(one, work.definition, language), keys.get(id(one), ""))
        for one in checked.faults
    ]


def _assignment(centre: Centre, number: int) -> Assignment:
    found = asked_of(centre).filter(pk=number).first() if 0 < number < LARGEST_ID else None
    if found is None or not place_of(found).is_open:
        raise Http404
    return found
