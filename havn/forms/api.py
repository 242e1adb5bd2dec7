"""The door of forms for the apps above.

from havn.forms import api
version = api.newest_frozen("helpline_quarter")
definition = api.definition_on(version, period.last, centre)
raw = api.bind(definition, request.POST, request.FILES, "q").answers
checked = api.check(definition, raw, before=last, final=False)
api.render(request, definition, checked.answers, checked=checked, language="nb", prefix="q")
"""

from havn.forms.actions.drafts import add_part
from havn.forms.actions.freezing import freeze
from havn.forms.actions.loading import load_shipped, shipped
from havn.forms.binding import Bound, bind
from havn.forms.models import Form, FormVersion, Kind
from havn.forms.queries import (
    definition_on,
    drafts_of,
    filled_in,
    forms_of,
    frozen_versions_for,
    newest_frozen,
    parsed,
    read_definition,
)
from havn.forms.rendering import Beside, render, render_answers
from havn.forms.rules.answering import Checked, Fault, check
from havn.forms.rules.definition import Definition, Level, Question, Section, Type
from havn.forms.rules.numbers import Number, numbers_of
from havn.forms.rules.parsing import DefinitionFault, DefinitionFaults, parse, parse_kindly
from havn.forms.sheets.reading import SheetAnswers, read_template
from havn.forms.sheets.writing import Cover, template
from havn.forms.sources import register_sources
from havn.forms.uses import register_uses
from havn.forms.words import answer_words, in_words, path_words, sentence
from havn.forms.words_definition import definition_sentence

__all__ = [
    "Beside",
    "Bound",
    "Checked",
    "Cover",
    "Definition",
    "DefinitionFault",
    "DefinitionFaults",
    "Fault",
    "Form",
    "FormVersion",
    "Kind",
    "Level",
    "Number",
    "Question",
    "Section",
    "SheetAnswers",
    "Type",
    "add_part",
    "answer_words",
    "bind",
    "check",
    "definition_on",
    "definition_sentence",
    "drafts_of",
    "filled_in",
    "forms_of",
    "freeze",
    "frozen_versions_for",
    "in_words",
    "load_shipped",
    "newest_frozen",
    "numbers_of",
    "parse",
    "parse_kindly",
    "parsed",
    "path_words",
    "read_definition",
    "read_template",
    "register_sources",
    "register_uses",
    "render",
    "render_answers",
    "sentence",
    "shipped",
    "template",
]
