"""The question bank: every question that surveys of a centre can ask or have asked, by its key, with its wordings."""

import datetime as dt
from dataclasses import dataclass, field

from havn.common.language import reader_language
from havn.forms.api import (
    Definition,
    FormVersion,
    Kind,
    Question,
    Type,
    definition_on,
    drafts_of,
    forms_of,
    frozen_versions_for,
    parse_kindly,
)
from havn.surveys.models import Wave
from havn.surveys.queries.surveys import waves_of
from havn.surveys.rules.comparing import Change, change
from havn.tenancy.models import Centre


@dataclass
class Wording:
    """A question as one or more versions of forms ask it, and the waves that asked it so."""

    question: Question
    definition: Definition
    version: FormVersion
    differs: Change
    """From the wording before it in the list."""
    waves: list[Wave] = field(default_factory=list)


def bank_of(centre: Centre, today: dt.date) -> dict[str, list[Wording]]:
    """Question keys to their wordings, the oldest first; equal ones stand once."""
    found: dict[str, list[Wording]] = {}
    versions = frozen_versions_for(centre).filter(form__kind=Kind.SURVEY)
    by_version: dict[int, list[Wave]] = {}
    for wave in waves_of(centre).filter(approved_at__isnull=False).order_by("opens_at"):
        by_version.setdefault(wave.form_version_id, []).append(wave)
    for version in sorted(versions, key=lambda one: (one.made_at, one.number)):
        definition = definition_on(version, today, centre)
        for question in definition.questions.values():
            if question.type != Type.NOTE:
                _put(found.setdefault(question.key, []), question, definition, version, by_version)
    return found


def says(key: str, wordings: list[Wording], sought: str) -> bool:
    """Whether key, words or answers of a question have what is looked for, in any language; "" has everything."""
    texts = [key]
    for one in wordings:
        choices = (*one.question.rows, *one.question.choices, *one.question.columns)
        for labels in (one.question.label, *(choice.label for choice in choices)):
            texts += labels.values()
    return any(sought.casefold() in text.casefold() for text in texts)


def survey_drafts(centre: Centre) -> list[FormVersion]:
    """Drafts of forms for surveys, which a question can be put into, those that somebody changed last first."""
    return list(drafts_of(centre).filter(form__kind=Kind.SURVEY))


def draft_name(draft: FormVersion) -> str:
    """What a draft is called, though it may have faults."""
    definition = parse_kindly(draft.definition)[0]
    return definition.said(definition.title, reader_language()).text or draft.form.key


def newest_version_ids(centre: Centre) -> dict[int, int]:
    """Each form that may be copied by its number, with its newest version, which is what a copy begins with."""
    newest: dict[int, int] = {}
    for version in FormVersion.objects.filter(form__in=forms_of(centre)).order_by("form", "-number"):
        newest.setdefault(version.form_id, version.pk)
    return newest


def _put(
    wordings: list[Wording], question: Question, definition: Definition, version: FormVersion,
    waves: dict[int, list[Wave]],
) -> None:  # fmt: skip
    asked = waves.get(version.pk, [])
    for one in wordings:
        if change(question, definition, one.question, one.definition) is Change.SAME:
            one.waves += asked
            return
    before = wordings[-1] if wordings else None
    differs = change(question, definition, before.question if before else None, before.definition if before else None)
    wordings.append(Wording(question, definition, version, differs, list(asked)))
