"""Answers of several waves side by side, only for questions that stayed the same."""

from dataclasses import dataclass

from havn.forms.api import Question
from havn.surveys.models import Survey, Wave
from havn.surveys.pages import Line, Results, Shown
from havn.surveys.queries.surveys import waves_of
from havn.surveys.rules.comparing import Change, change
from havn.surveys.words import change_words


@dataclass(frozen=True)
class Compared:
    """One table of the newest wave with the same of earlier ones, answer by answer."""

    title: str
    part: str
    labels: list[str]
    waves: list[tuple[Wave, list[Line]]]

    @property
    def rows(self) -> list[tuple[str, list[Line]]]:
        """Each answer with its line of every wave: few waves and many answers fit a phone so."""
        return [(label, [lines[at] for _wave, lines in self.waves]) for at, label in enumerate(self.labels)]


def counted_waves(survey: Survey) -> list[Wave]:
    """Waves with results, the newest first."""
    return list(waves_of(survey.centre).filter(survey=survey, counted_at__isnull=False).order_by("-number"))


def compare(survey: Survey, language: str) -> tuple[list[Compared], list[tuple[str, str]]]:
    """What can be set side by side, and what cannot: (question, why)."""
    waves = [Results(wave, language) for wave in counted_waves(survey)]
    if len(waves) < 2:
        return [], []
    newest, found, apart = waves[0], [], []
    for question in newest.definition.questions.values():
        same = [one for one in waves[1:] if _change(question, newest, one) is Change.SAME]
        why = _change(question, newest, waves[1])
        if why is not Change.SAME and newest.tables(question):
            apart.append((newest.label(question.label), change_words(why)))
        if same:
            found += _side_by_side(question, [newest, *same])
    return found, apart


def _change(question: Question, newest: Results, other: Results) -> Change:
    return change(question, newest.definition, other.definition.questions.get(question.key), other.definition)


def _side_by_side(question: Question, results: list[Results]) -> list[Compared]:
    tables: list[list[Shown]] = [one.tables(question) for one in results]
    found = []
    for at, first in enumerate(tables[0]):
        rows = [
            (one.wave, own[at].lines)
            for one, own in zip(results, tables, strict=True)
            if at < len(own) and own[at].lines
        ]
        if len(rows) > 1 and first.lines:
            found.append(Compared(first.title, first.part, [line.label for line in first.lines], rows))
    return found
