"""One question. Its type decides the fields; what is written in other languages stays."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.forms.forms.condition import ConditionForm
from havn.forms.forms.fields import (
    INPUT,
    ExpressionField,
    KeyField,
    OneLine,
    Words,
    choose,
    number,
    plain,
    radios,
    tick,
    whole_number,
)
from havn.forms.forms.own_parts import OwnPart, parts_of_table
from havn.forms.rules import limits
from havn.forms.rules.definition import Type
from havn.forms.rules.editing import QUESTION, Raw
from havn.forms.rules.lines import choices_as_lines, choices_from_lines, twice
from havn.forms.rules.reading import CODE
from havn.forms.rules.reading_questions import CELLS, FILE_KINDS
from havn.forms.sources import figure_and_row, sources_offered

TYPES = {
    Type.TEXT: gettext_lazy("Words"),
    Type.NUMBER: gettext_lazy("A number"),
    Type.ONE: gettext_lazy("One choice"),
    Type.MANY: gettext_lazy("Several choices"),
    Type.SCALE: gettext_lazy("A scale"),
    Type.MATRIX: gettext_lazy("A table of rows and columns"),
    Type.DATE: gettext_lazy("A day"),
    Type.YES_NO: gettext_lazy("Yes or no"),
    Type.FILE: gettext_lazy("A document"),
    Type.NOTE: gettext_lazy("Nothing: only words to read"),
}
_CELL_WORDS = {
    "number": gettext_lazy("A number in every cell"),
    "one": gettext_lazy("One column chosen in every row"),
    "scale": gettext_lazy("A step of a scale in every row"),
}
_LINES = gettext_lazy(
    "One on each line. Behind a mark | stands its code, which answers are kept under; leave it out for a new one. "
    "Behind another | may stand a score."
)
_LISTED = ("choices", "rows", "columns")
_TEXTS = ("label", "help", "unit", "low", "high")
_REQUIRED = [
    ("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes")), ("if", gettext_lazy("Only when an expression holds")),
]  # fmt: skip
# What each type has beside label, help, required, condition and source.
_OF_TYPE: dict[Type, tuple[str, ...]] = {
    Type.TEXT: ("lines", "longest"),
    Type.NUMBER: ("whole", "least", "most", "unit", "basis"),
    Type.ONE: ("choices", "choices_from", "other"),
    Type.MANY: ("choices", "choices_from", "other", "most_chosen"),
    Type.SCALE: ("scale_least", "scale_most", "low", "high"),
    Type.MATRIX: ("rows", "rows_from", "columns", "columns_from", "cell", "whole", "least", "most", "basis",
                  "scale_least", "scale_most", "low", "high"),
    Type.FILE: ("kinds", "largest_mb"),
}  # fmt: skip
# What figures of records are: numbers, and tables of them.
_FILLED = (Type.NUMBER, Type.MATRIX)
_EVERY = {name for names in _OF_TYPE.values() for name in names}
_MB = 1024 * 1024


class QuestionForm(ConditionForm):
    """A question of one type. `type_` is the type it will have; `lists` are the vocabularies to choose from."""

    kind = QUESTION
    label = Words(label=gettext_lazy("Question"), required=True, rows=2)
    help = Words(label=gettext_lazy("Help below the question"), rows=2)
    required = radios(gettext_lazy("Must it be answered?"), _REQUIRED)
    required_if = ExpressionField(label=gettext_lazy("Expression for when it must be answered"))
    lines = whole_number(gettext_lazy("Height of the field in lines"), least=1, most=40)
    longest = whole_number(gettext_lazy("At most so many characters"), least=1, most=limits.LONGEST_ANSWER)
    choices = Words(label=gettext_lazy("Answers to choose from"), rows=6, max_length=60_000, help_text=_LINES)
    choices_from = choose(gettext_lazy("Or take the answers from a list of Havn"), [], required=False)
    other = tick(gettext_lazy("Also offer “Something else”, with a field for words"))
    most_chosen = whole_number(gettext_lazy("At most so many answers"), least=1, most=limits.MOST_CHOICES)
    rows = Words(label=gettext_lazy("Rows"), rows=6, max_length=60_000, help_text=_LINES)
    rows_from = choose(gettext_lazy("Or take the rows from a list of Havn"), [], required=False)
    columns = Words(label=gettext_lazy("Columns"), rows=4, max_length=60_000, help_text=_LINES)
    columns_from = choose(gettext_lazy("Or take the columns from a list of Havn"), [], required=False)
    cell = radios(gettext_lazy("What stands in it"), [(one, _CELL_WORDS[one]) for one in CELLS])
    whole = tick(gettext_lazy("Whole numbers only"))
    least = number(gettext_lazy("At least"))
    most = number(gettext_lazy("At most"))
    unit = OneLine(label=gettext_lazy("Unit"), required=False, help_text=gettext_lazy("Such as: hours"))
    basis = tick(gettext_lazy("Ask how the number is known: counted, platform statistic or estimate"))
    scale_least = choose(gettext_lazy("The scale begins at"), [("0", "0"), ("1", "1")])
    scale_most = whole_number(gettext_lazy("The scale ends at"), least=1, most=limits.WIDEST_SCALE)
    low = OneLine(label=gettext_lazy("What the lowest step means"), required=False)
    high = OneLine(label=gettext_lazy("What the highest step means"), required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of documents"), choices=[(one, f".{one}") for one in FILE_KINDS], required=False,
        widget=forms.CheckboxSelectMultiple(attrs=INPUT), help_text=gettext_lazy("None ticked: all of them."),
    )  # fmt: skip
    largest_mb = whole_number(
        gettext_lazy("At most so many megabytes"), least=1, most=limits.LARGEST_FILE // _MB,
        help_text=gettext_lazy("Empty: 5, which is the most."),
    )  # fmt: skip
    source = choose(
        gettext_lazy("Figure it is filled from"), [], required=False,
        help_text=gettext_lazy("A figure of the centre's own records. Whoever answers sees it and may change it."),
    )  # fmt: skip
    source_row = OneLine(
        label=gettext_lazy("Only one row of that figure"), required=False, max_length=40,
        help_text=gettext_lazy("The code of the row, such as phone. Leave it empty for the whole figure."),
    )  # fmt: skip
    key = KeyField()

    def __init__(self, *args: Any, type_: Type, lists: list[tuple[str, str]], **kwargs: Any) -> None:
        self.type_, self.lists = type_, lists
        super().__init__(*args, **kwargs)

    def first(self) -> dict[str, Any]:
        """As the definition says, or as most questions are."""
        part = self.part
        required = part.get("required")
        found = {**super().first(), **{name: self.text(name) for name in _TEXTS}}
        found["required"] = "if" if isinstance(required, str) and required else "yes" if required is True else "no"
        found["required_if"] = required if isinstance(required, str) else ""
        for name in _LISTED:
            listed = part.get(name)
            found[name] = choices_as_lines(listed, self.language)
            found[f"{name}_from"] = listed.get("vocabulary", "") if isinstance(listed, dict) else ""
        same = part.get("type") == self.type_.value
        for name in ("lines", "longest", "least", "most", "other", "basis", "kinds"):
            found[name] = part.get(name)
        self.known = sources_offered()
        found["source"], found["source_row"] = figure_and_row(str(part.get("source") or ""), self.known)
        found |= {"whole": part.get("whole", True), "cell": part.get("cell", "number"), "most_chosen": part.get("most")}
        scale = part if same else {}
        found |= {"scale_least": str(scale.get("least", 1)), "scale_most": scale.get("most", 5)}
        largest = part.get("largest")
        found["largest_mb"] = max(1, largest // _MB) if isinstance(largest, int) else None
        return found

    def prepare(self) -> None:
        """Only the fields of the type, and the lists there are."""
        super().prepare()
        mine = _OF_TYPE.get(self.type_, ())
        for name in _EVERY.difference(mine):
            del self.fields[name]
        for name in _LISTED:
            field = self.fields.get(f"{name}_from")
            if field is not None:
                assert isinstance(field, forms.ChoiceField)
                field.choices = [("", _("No, the ones above")), *self.lists]
        self.offer_key()
        if self.type_ is Type.NOTE:
            del self.fields["required"], self.fields["required_if"]
        if self.type_ in _FILLED:
            self.offer_figures()
        else:
            del self.fields["source"], self.fields["source_row"]

    def offer_figures(self) -> None:
        """Every figure there is, and the one that stands there, even if nobody here has it."""
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        offered = [(key, f"{capfirst(label)} ({key})") for key, label in self.known.items()]
        now = self.get_initial_for_field(field, "source")
        if now and now not in self.known:
            offered.append((now, _("%(key)s: no records here have it") % {"key": now}))
        field.choices = [("", _("None")), *offered]

    @property
    def own_parts(self) -> list[OwnPart]:
        """The same in parts: of a table, some fields matter for some cells only."""
        if self.type_ is not Type.MATRIX:
            return [OwnPart("", "", self.own_fields)]
        return parts_of_table(self)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that only this type has."""
        return [self[name] for name in self.fields if name in _EVERY]

    def clean(self) -> dict[str, Any]:
        """An expression where one was promised, and something to choose from."""
        data = super().clean()
        if data.get("required") == "if" and not data.get("required_if") and "required_if" not in self.errors:
            self.add_error("required_if", _("Write the expression."))
        self.clean_figure(data)
        for name in _LISTED:
            is_needed = name in self.fields and not (name == "columns" and data.get("cell") == "scale")
            if is_needed and not data.get(name) and not data.get(f"{name}_from") and name not in self.errors:
                self.add_error(name, _("Write at least one."))
            if (again := twice(data.get(name) or "")) and name not in self.errors:
                self.add_error(
                    name, _("Two lines say the same: %(words)s. Nobody could tell them apart.") % {"words": again}
                )
        return data

    def clean_figure(self, data: dict[str, Any]) -> None:
        """One that is there, and a row as codes are written."""
        figure, row = data.get("source"), data.get("source_row")
        if figure and figure not in self.known:
            self.add_error("source", _("No records here have this figure. Choose another one, or none."))
        if row and not CODE.match(row):
            self.add_error("source_row", _("A code has small letters a to z, digits, _ and -, and at most 60 signs."))
        elif row and not figure and "source" not in self.errors:
            self.add_error("source_row", _("Choose the figure that the row is of."))

    def changed_part(self) -> Raw:
        """The question with what its type has."""
        data = self.cleaned_data
        part: Raw = {"key": self.key_for(data["label"]), "type": self.type_.value,
                     "label": self.texts("label", data["label"]), "help": self.texts("help", data["help"])}  # fmt: skip
        if self.type_ is not Type.NOTE:
            part["required"] = data["required_if"] if data["required"] == "if" else data["required"] == "yes"
            part |= self.figure(data)
        part |= self.condition()
        return {**part, **self.of_type(data)}

    def figure(self, data: dict[str, Any]) -> Raw:
        """The key of what it is filled from. Types that are not filled keep what they had."""
        if self.type_ not in _FILLED:
            return _given({"source": self.part.get("source")})
        row = f".{data['source_row']}" if data["source_row"] else ""
        return {"source": f"{data['source']}{row}"} if data["source"] else {}

    def of_type(self, data: dict[str, Any]) -> Raw:
        """What belongs to the type alone."""
        match self.type_:
            case Type.TEXT:
                return _given({"lines": data["lines"], "longest": data["longest"]})
            case Type.NUMBER:
                texts = {"unit": self.texts("unit", data["unit"])}
                return {**self.bounds(data), "whole": data["whole"], "basis": data["basis"], **_given(texts)}
            case Type.ONE | Type.MANY:
                most = {"most": data["most_chosen"]} if self.type_ is Type.MANY else {}
                return {"choices": self.listed("choices", data), "other": data["other"], **_given(most)}
            case Type.SCALE:
                return self.scale(data)
            case Type.MATRIX:
                return self.matrix(data)
            case Type.FILE:
                largest = data["largest_mb"]
                return _given({"kinds": data["kinds"], "largest": largest * _MB if largest else None})
        return {}

    def bounds(self, data: dict[str, Any]) -> Raw:
        return _given({"least": plain(data["least"]), "most": plain(data["most"])})

    def scale(self, data: dict[str, Any]) -> Raw:
        texts = {name: self.texts(name, data[name]) for name in ("low", "high")}
        return {"least": int(data["scale_least"]), "most": data["scale_most"] or 5, **_given(texts)}

    def matrix(self, data: dict[str, Any]) -> Raw:
        part: Raw = {"cell": data["cell"], "rows": self.listed("rows", data)}
        if data["cell"] == "scale":
            return {**part, **self.scale(data)}
        part["columns"] = self.listed("columns", data)
        if data["cell"] == "number":
            part |= {**self.bounds(data), "whole": data["whole"], "basis": data["basis"]}
        return part

    def listed(self, name: str, data: dict[str, Any]) -> Any:
        """Lines as choices, or the list that they come from."""
        if data[f"{name}_from"]:
            return {"vocabulary": data[f"{name}_from"]}
        return choices_from_lines(data[name], self.language, self.part.get(name))

    def field_of(self, inside: str) -> str:
        """Where a fault of the definition is told on this screen."""
        name = super().field_of(inside)
        if name == "required":
            return "required_if"
        if name in ("least", "most") and name not in self.fields:
            return {"least": "scale_least", "most": "scale_most" if "scale_most" in self.fields else "most_chosen"}[
                name
            ]
        return name

    def path(self, part: Raw) -> str:
        """By the keys of section and question."""
        return f"sections.{self.section_key}.questions.{part['key']}"


def _given(values: dict[str, Any]) -> Raw:
    """Without what was left empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
