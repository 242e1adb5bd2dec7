"""Accepted quarters out of the network's rounds: the helpline's quarter is a form, its accepted answers are facts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from havn.forms import api as forms
from havn.helpline.mappings import standard_of
from havn.rounds import api as rounds
from havn.statistics.rules.periods import Kind, period_of
from havn.trends.actions.taking import take_report
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.answers import facts_in, filled
from havn.trends.rules.quarters import Quarter, quarter_of
from havn.trends.sources import QuarterReport, Source, register_source
from havn.vocabularies import api as vocabularies

FORM = "helpline_quarter"
# The form's question whether the centre counts with another system since this quarter.
CHANGED = "system_changed"
_BEGINNING = dt.date(2000, 1, 1)


def register() -> None:
    """Fill the registry of sources, and hear of each acceptance. Called from AppConfig.ready()."""
    register_source(Source("rounds", accepted, asked))
    rounds.register_accepted(take_assignment)


def accepted(quarter: Quarter | None) -> Iterator[QuarterReport]:
    """Every accepted quarter of the network's rounds, of one quarter or of all."""
    if quarter is not None:
        rows = rounds.accepted(FORM, period_of(Kind.QUARTER, quarter.first))
    else:
        rows = rounds.accepted_since(FORM, _BEGINNING)
    for row in rows:
        report = report_of(row)
        if report is not None:
            yield report


def asked(quarter: Quarter) -> Iterable[int] | None:
    """The centres that a round asked for this quarter; None where there was none."""
    found = rounds.who_reported(FORM, period_of(Kind.QUARTER, quarter.first)).asked
    return [centre.pk for centre in found] if found else None


def take_assignment(assignment_id: int) -> None:
    """Take in what was just accepted. Other forms, and rounds of other periods, are not ours."""
    for row in rounds.accepted_since(FORM, _BEGINNING):
        if row.assignment_id == assignment_id:
            report = report_of(row)
            if report is not None:
                take_report(report)


def report_of(row: rounds.Accepted) -> QuarterReport | None:
    """The facts of an accepted form. None for a period that is no quarter, and for answers without any number."""
    quarter = quarter_of(row.period.first)
    if (row.period.first, row.period.last) != (quarter.first, quarter.last):
        return None
    facts = facts_of_answers(forms.parsed(row.version), row.answers, row.centre.pk)
    if not facts:
        return None
    scheme = vocabularies.version_on("reason", on=quarter.last)
    changed = row.answers.get(CHANGED) is True
    return QuarterReport(row.centre.pk, quarter, scheme, row.revision, facts, system_changed=changed)


def facts_of_answers(
    definition: forms.Definition, answers: Mapping[str, Any], centre_id: int
) -> dict[tuple[str, str], int]:  # fmt: skip
    """The facts of answers to a form, by what its questions say they are about; every list up to the total."""
    questions = [(one.key, one.source) for section in definition.sections for one in section.questions]
    facts = facts_in(questions, answers, {dimension: _standard(dimension, centre_id) for dimension in DIMENSIONS})
    return filled(facts, DIMENSIONS) if facts else {}


def _standard(dimension: str, centre_id: int) -> dict[str, str]:
    versions = vocabularies.versions_of(dimension)
    if not versions:
        return {}
    newest = versions[-1].code
    return {
        **{term.code: term.code for term in vocabularies.terms_in(newest)},
        **standard_of(dimension, newest, centre_id),
    }
