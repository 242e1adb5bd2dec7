"""The codebook of a wave, as a page and as files: variables, codes, who was asked, and what changed since the last."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from havn.forms.api import Definition, Question, in_words
from havn.statistics.export import Sheet
from havn.surveys import words
from havn.surveys.models import Wave
from havn.surveys.queries.surveys import definition_of
from havn.surveys.rules.codebook import Entry, entries_of
from havn.surveys.rules.comparing import Change, change, gone
from havn.surveys.words_public import own_words


@dataclass(frozen=True)
class Variable:
    """One line of the codebook."""

    path: str
    section: str
    question: str
    part: str
    codes: list[tuple[str, str]]
    asked_if: str
    change: Change
    change_words: str


class Codebook:
    """The variables of a wave in a language, compared with the wave before."""

    def __init__(self, wave: Wave, language: str, before: Wave | None) -> None:
        self.wave, self.language = wave, language
        self.definition: Definition = definition_of(wave)
        self.before: Definition | None = definition_of(before) if before else None
        self.variables = [self.variable(one) for one in entries_of(self.definition)]
        self.gone = (
            [words.label_words(one.label, self.before, language) for one in gone(self.definition, self.before)]
            if self.before
            else []
        )

    def variable(self, entry: Entry) -> Variable:
        definition, question = self.definition, entry.question
        then = self.before.questions.get(question.key) if self.before else None
        differs = change(question, definition, then, self.before)
        section = definition.section_of[question.key]
        return Variable(
            path=entry.path,
            section=words.label_words(section.title, definition, self.language),
            question=words.label_words(question.label, definition, self.language),
            part=words.label_words(entry.part, definition, self.language) if entry.part else "",
            codes=[
                (code, words.label_words(label, definition, self.language) if label else own_words(code))
                for code, label in entry.codes
            ],
            asked_if=self.asked_if(question),
            change=differs,
            change_words=words.change_words(differs) if self.before else "",
        )

    def asked_if(self, question: Question) -> str:
        """Who was asked, in words; "" for everybody."""
        conditions = [self.definition.section_of[question.key].show_if, question.show_if]
        return "; ".join(in_words(one, self.definition, self.language) for one in conditions if one)

    def sheet(self) -> Sheet:
        """A line for each code of each variable."""
        heads = [_("Variable"), _("Section"), _("Question"), _("Part"), _("Code"), _("Meaning"), _("Asked if"),
                 _("Since the wave before")]  # fmt: skip
        rows: list[list[str | int | float | None]] = [
            [one.path, one.section, one.question, one.part, code, meaning, one.asked_if, one.change_words]
            for one in self.variables
            for code, meaning in one.codes
        ]
        return Sheet(_("Codebook"), [self.title], heads, rows)

    @property
    def title(self) -> str:
        """ "Gaming, wave 2"."""
        survey = self.wave.survey
        title = words.said(survey.title, self.language, survey.centre.default_language).text
        return _("%(title)s, wave %(number)s") % {"title": title, "number": self.wave.number}

    def json(self) -> dict[str, Any]:
        """The same for software."""
        return {
            "survey": self.wave.survey.slug,
            "wave": self.wave.number,
            "form": self.definition.key,
            "version": self.wave.form_version.number,
            "language": self.language,
            "variables": [
                {
                    "path": one.path, "section": one.section, "question": one.question, "part": one.part,
                    "codes": dict(one.codes), "asked_if": one.asked_if, "change": str(one.change),
                }
                for one in self.variables
            ],
        }  # fmt: skip


def wave_before(wave: Wave) -> Wave | None:
    """The wave of the same survey that was held before, drafts left out."""
    earlier = Wave.objects.filter(survey_id=wave.survey_id, number__lt=wave.number, approved_at__isnull=False)
    return earlier.select_related("survey__centre", "form_version__form").order_by("-number").first()
