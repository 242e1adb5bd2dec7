"""An assignment as one works at it: its form, what is stored, what was there before, and what the records say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from havn.forms import api as forms
from havn.rounds.models import Assignment, Draft
from havn.rounds.queries.answers import Before, before_of
from havn.rounds.rules.fitting import Fitted, fit
from havn.rounds.sources import Found, found_for
from havn.rounds.words import period_of_round
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Offer:
    """A figure of the centre's records for one question, as the form has it. `left`: how many found no place in it."""

    question: forms.Question
    source: str
    found: Found
    fitted: Fitted

    @property
    def basis(self) -> str:
        """How the number is known, where its question asks that; else ""."""
        return self.found.basis if self.question.basis else ""


class Work:
    """Everything about one assignment, read when it is asked for."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.round = assignment.round

    @cached_property
    def draft(self) -> Draft:
        """What is being written; an empty one where nobody has begun."""
        found = Draft.objects.filter(assignment=self.assignment).select_related("saved_by").first()
        return found or Draft(assignment=self.assignment)

    @cached_property
    def period(self) -> Period:
        return period_of_round(self.round)

    @cached_property
    def definition(self) -> forms.Definition:
        """The form with the lists that held on the last day of the period."""
        return definition_of(self.assignment)

    @cached_property
    def before(self) -> Before:
        """Answers with computed values of the period before and of a year ago."""
        return before_of(self.assignment)

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """Question to what the centre's own records say; only for a centre that runs here and writes itself."""
        asked = {one.key: one for one in self.definition.questions.values() if one.source}
        repeated = {one.key for section in self.definition.sections if section.repeat for one in section.questions}
        has_records = self.assignment.centre.is_hosted and not self.assignment.is_visit
        keys = [one.source for key, one in asked.items() if key not in repeated]
        found = found_for(self.assignment.centre, self.period, keys) if has_records else {}
        return {
            key: _offer(one, found[one.source])
            for key, one in asked.items()
            if one.source in found and key not in repeated
        }

    def check(self, answers: Mapping[str, Any], *, final: bool) -> forms.Checked:
        """What the form says to these answers, beside those of before."""
        return forms.check(self.definition, answers, self.before.last, self.before.year, final=final)

    def tidy(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Answers as a draft keeps them: clean where they are right, as typed where not, hidden ones too.

        What the form does not ask is left out.
        """
        checked = self.check(raw, final=False)
        wrong = {fault.path.partition(".")[0] for fault in checked.faults if fault.check is None}
        kept: dict[str, Any] = {}
        known = {*self.definition.questions, *self.definition.by_key}
        for key, value in raw.items():
            name = key.partition(".")[0]
            if name not in known:
                continue
            kept[key] = checked.answers[key] if key in checked.answers and name not in wrong else value
        return {key: value for key, value in kept.items() if value not in (None, "", [], {})}


def _offer(question: forms.Question, found: Found) -> Offer:
    return Offer(question, question.source, found, fit(found.value, question.row_codes, question.column_codes))


def definition_of(assignment: Assignment) -> forms.Definition:
    """The form of an assignment. A centre that asks itself has its own lists, the network those that all share."""
    one = assignment.round
    own = one.owner if one.owner.kind != Centre.Kind.NETWORK else None
    return forms.definition_on(one.form_version, one.last, own)
