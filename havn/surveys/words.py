"""Words of surveys in the reader's language; those of results, which children read, are in `words_public.py`."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.forms.api import Definition
from havn.forms.rules.definition import Labels, Said
from havn.surveys.models import Survey
from havn.surveys.rules.codebook import entries_of
from havn.surveys.rules.comparing import Change
from havn.surveys.rules.fitness import Unfit
from havn.surveys.rules.states import State


def said(texts: Mapping[str, str], language: str, first: str) -> Said:
    """A text in a language, else in the centre's first, else in any there is; empty where there is none."""
    for code in (language, first, *texts):
        if texts.get(code, "").strip():
            return Said(texts[code], code)
    return Said("", first)


def title_of(survey: Survey) -> Said:
    """What a survey is called in the reader's language."""
    return said(survey.title, reader_language(), survey.centre.default_language)


def state_words(state: State) -> str:
    """Where a wave stands."""
    return {
        State.DRAFT: _("Draft"),
        State.PLANNED: _("Ready, not open yet"),
        State.OPEN: _("Open"),
        State.CLOSED: _("Closed, being counted"),
        State.COUNTED: _("Closed, results not published"),
        State.PUBLISHED: _("Results published"),
    }[state]


def step_words(step: int) -> str:
    """How many have answered so far, never by one."""
    return _("%(step)s or more") % {"step": step} if step else _("fewer than 10")


def unfit_words(one: Unfit, definition: Definition) -> str:
    """Why a form cannot be asked of children anonymously, and what to do."""
    question = definition.questions.get(one.at)
    label = definition.said(question.label, reader_language()).text if question else one.at
    return _unfit()[one.code] % {"question": label}


def _unfit() -> dict[str, str]:
    own_words = _("“%(question)s” asks for words of one's own. Somebody could write who they are. Offer choices.")
    return {
        "type-text": own_words,
        "other": own_words,
        "type-number": _("“%(question)s” asks for a number. Offer choices, such as “3 to 5 hours”."),
        "matrix-number": _("“%(question)s” asks for numbers. Offer choices, such as “3 to 5 hours”."),
        "type-date": _("“%(question)s” asks for a day, which can tell who somebody is. Offer choices."),
        "type-file": _("“%(question)s” asks for a file. No survey of children may."),
        "required-if": _("“%(question)s” must be answered only sometimes. Make it always or never."),
        "many-of-one": _("“%(question)s” allows one tick only. Make it a question with one choice."),
        "repeat": _("Part “%(question)s” can be answered several times. Ask each question once."),
        "checks": _("The form has a check at “%(question)s”. Take the checks out: answers must not hang together."),
        "nothing": _("The form asks nothing."),
        "too-many": _("The form asks more than 60 questions. That is too much for a child."),
    }


def lacking_words(language: str, missing: int, texts: int) -> str:
    """That a form is not, or not all, in a language that the centre speaks."""
    told = {"language": dict(settings.LANGUAGES).get(language, language), "missing": missing, "all": texts}
    return _("%(missing)s of %(all)s texts of the form are missing in %(language)s.") % told


def change_words(change: Change) -> str:
    """What became of a question since it was asked before."""
    return {
        Change.NEW: _("New"),
        Change.TYPE: _("Another kind of question: not comparable"),
        Change.CHOICES: _("Other choices: not comparable"),
        Change.WORDING: _("Other words: not comparable"),
        Change.ROUTING: _("Asked of others: not comparable"),
        Change.SAME: _("The same: comparable"),
    }[change]


def part_words(definition: Definition, path: str, language: str) -> str:
    """The row of a matrix, or the choice to tick, that a table is about; "" for a whole question."""
    for entry in entries_of(definition):
        if entry.path == path:
            return label_words(entry.part, definition, language) if entry.part else ""
    return ""


def label_words(labels: Labels, definition: Definition, language: str) -> str:
    """A label of a form in a language."""
    return definition.said(labels, language).text
