"""When something is shown: always, after an answer chosen from a list, by a number, or by an expression."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.forms.forms.fields import ExpressionField, choose, number, plain, radios
from havn.forms.forms.part import PartForm
from havn.forms.rules.choosing import COMPARE, answers_to_choose, numbers_to_choose, split_condition

WAYS = [
    ("always", gettext_lazy("Always")),
    ("answer", gettext_lazy("Only after this answer")),
    ("number", gettext_lazy("Only when a number is so")),
    ("expression", gettext_lazy("Only when an expression holds")),
]
SIGNS = [
    ("==", gettext_lazy("is")), ("!=", gettext_lazy("is not")), ("<", gettext_lazy("is less than")),
    ("<=", gettext_lazy("is at most")), (">", gettext_lazy("is more than")), (">=", gettext_lazy("is at least")),
]  # fmt: skip
assert tuple(sign for sign, _label in SIGNS) == COMPARE


class ConditionForm(PartForm):
    """The fields of `show_if`."""

    shown = radios(gettext_lazy("It is shown"), WAYS)
    shown_answer = choose(gettext_lazy("After this answer"), [], required=False)
    shown_number_of = choose(gettext_lazy("The number of"), [], required=False)
    shown_sign = choose(gettext_lazy("How it compares"), SIGNS, required=False)
    shown_number = number(gettext_lazy("With this number"))
    show_if = ExpressionField(label=gettext_lazy("Expression"))

    def first(self) -> dict[str, Any]:
        """The choice that the expression is."""
        text = self.part.get("show_if")
        text = text if isinstance(text, str) else ""
        own = str(self.part.get("key", ""))
        section = self.section_key
        self.answers = answers_to_choose(self.definition, section, own)
        self.numbers = numbers_to_choose(self.definition, section, own)
        chosen = split_condition(text, self.answers, self.numbers)
        found: dict[str, Any] = {"shown": chosen.way, "show_if": text}
        if chosen.way == "answer":
            found["shown_answer"] = chosen.first
        elif chosen.way == "number":
            found |= {"shown_number_of": chosen.first, "shown_sign": chosen.sign, "shown_number": chosen.second}
        return found

    def prepare(self) -> None:
        """Offer the answers and numbers there are."""
        groups = [
            (self.label_of(key), [(one, self.words_of(one)) for one in conditions])
            for key, conditions in self.answers.items()
        ]
        _offer(self.fields["shown_answer"], [("", _("Choose an answer")), *groups])
        numbers = [(key, self.label_of(key)) for key in self.numbers]
        _offer(self.fields["shown_number_of"], [("", _("Choose a number")), *numbers])

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs is there."""
        data: dict[str, Any] = super().clean() or {}
        match data.get("shown"):
            case "answer" if not data.get("shown_answer") and "shown_answer" not in self.errors:
                self.add_error("shown_answer", _("Choose the answer."))
            case "number":
                if not data.get("shown_number_of") and "shown_number_of" not in self.errors:
                    self.add_error("shown_number_of", _("Choose which number."))
                if data.get("shown_number") is None and "shown_number" not in self.errors:
                    self.add_error("shown_number", _("Write the number."))
            case "expression" if not data.get("show_if") and "show_if" not in self.errors:
                self.add_error("show_if", _("Write the expression."))
        return data

    def condition(self) -> dict[str, str]:
        """The field of the definition: empty when it is always shown."""
        data = self.cleaned_data
        match data["shown"]:
            case "answer":
                return {"show_if": data["shown_answer"]}
            case "number":
                value = plain(data["shown_number"])
                return {"show_if": f"{data['shown_number_of']} {data['shown_sign'] or '=='} {_decimal(value)}"}
            case "expression":
                return {"show_if": data["show_if"]}
        return {}

    def field_of(self, inside: str) -> str:
        """A fault of the condition stands where the condition was made."""
        name = super().field_of(inside)
        if name == "show_if":
            way = self.cleaned_data.get("shown", "")
            return {"answer": "shown_answer", "number": "shown_number_of"}.get(way, "show_if")
        return name


def _decimal(value: float | int | None) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def kept(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What a part holds beyond the fields of a screen."""
    return {name: value for name, value in part.items() if name not in names}
