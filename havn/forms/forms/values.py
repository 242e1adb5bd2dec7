"""A computed value, and a check."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.forms.forms.condition import SIGNS
from havn.forms.forms.fields import INPUT, ExpressionField, KeyField, OneLine, Words, choose, number, radios, tick
from havn.forms.forms.part import PartForm
from havn.forms.rules import editing
from havn.forms.rules.choosing import amounts_to_choose, change_within, names_to_add, split_check, split_value
from havn.forms.rules.editing import CHECK, COMPUTED, Raw
from havn.forms.rules.expressions import FUNCTIONS
from havn.forms.rules.lines import bands_as_lines, bands_from_lines

_WAYS = [
    ("compare", gettext_lazy("Two amounts compare so")),
    ("change", gettext_lazy("A number is near that of the last period")),
    ("expression", gettext_lazy("An expression holds")),
]


MOST_ADDED = FUNCTIONS["sum"][1]
_VALUE_WAYS = [
    ("sum", gettext_lazy("Numbers added up")),
    ("share", gettext_lazy("One amount in per cent of another")),
    ("expression", gettext_lazy("An expression")),
]


class ComputedForm(PartForm):
    """A value reckoned from answers, with bands that say what it means."""

    kind = COMPUTED
    key_otherwise = "value"
    label = OneLine(label=gettext_lazy("What it is called"))
    way = radios(gettext_lazy("How it is worked out"), _VALUE_WAYS)
    added = forms.MultipleChoiceField(
        label=gettext_lazy("Add up"), choices=[], required=False, widget=forms.CheckboxSelectMultiple(attrs=INPUT)
    )
    share_of = choose(gettext_lazy("So many"), [], required=False)
    whole = choose(gettext_lazy("Out of"), [], required=False)
    value = ExpressionField(label=gettext_lazy("Expression"), help_text=gettext_lazy("Such as: sum(calls) + chats"))
    shown = tick(gettext_lazy("Show it to whoever answers"))
    bands = Words(
        label=gettext_lazy("Bands"), rows=5, max_length=60_000,
        help_text=gettext_lazy("One on each line: the number it begins at | what it is called | what to do then."),
    )  # fmt: skip
    key = KeyField()

    def first(self) -> dict[str, Any]:
        """As the definition says."""
        value = self.part.get("value")
        value = value if isinstance(value, str) else ""
        own = str(self.part.get("key", ""))
        self.amounts = [one for one in amounts_to_choose(self.definition) if one != own]
        chosen = split_value(value, names_to_add(self.amounts), self.amounts)
        found: dict[str, Any] = {"label": self.text("label"), "value": value, "shown": self.part.get("shown", True),
                                 "bands": bands_as_lines(self.part.get("bands"), self.language),
                                 "way": chosen.way if self.part else "sum"}  # fmt: skip
        if chosen.way == "sum":
            found["added"] = chosen.first.split(", ")
        elif chosen.way == "share":
            found |= {"share_of": chosen.first, "whole": chosen.second}
        return found

    def prepare(self) -> None:
        """Offer the amounts there are. Its key may be changed while nothing was kept under it."""
        self.offer_key()
        amounts = [("", _("Choose an amount")), *((one, self.words_of(one)) for one in self.amounts)]
        added = [(one, self.label_of(one)) for one in names_to_add(self.amounts)]
        for name, offered in (("added", added), ("share_of", amounts), ("whole", amounts)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs is there."""
        data: dict[str, Any] = super().clean() or {}
        needed = {"sum": ("added",), "share": ("share_of", "whole"), "expression": ("value",)}
        for name in needed.get(str(data.get("way")), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        if len(data.get("added") or ()) > MOST_ADDED:
            self.add_error("added", _("These are too many. Choose up to 20, or write an expression."))
        return data

    def expression(self, data: dict[str, Any]) -> str:
        """What it is worked out by."""
        match data["way"]:
            case "sum":
                return f"sum({', '.join(data['added'])})"
            case "share":
                return f"100 * {data['share_of']} / {data['whole']}"
        return str(data["value"])

    def field_of(self, inside: str) -> str:
        """A fault of the expression stands where it was made."""
        name = super().field_of(inside)
        if name == "value":
            return {"sum": "added", "share": "share_of"}.get(self.cleaned_data["way"], "value")
        return name

    def changed_part(self) -> Raw:
        """The value with its bands."""
        data = self.cleaned_data
        bands = bands_from_lines(data["bands"], self.language, self.part.get("bands"))
        return {"key": self.key_for(data["label"]), "label": self.texts("label", data["label"]),
                "value": self.expression(data), "shown": data["shown"], "bands": bands}  # fmt: skip

    def path(self, part: Raw) -> str:
        """By its key."""
        return f"computed.{part['key']}"


class CheckForm(PartForm):
    """What must hold, and what is said where it does not."""

    kind = CHECK
    key_otherwise = "check"
    way = radios(gettext_lazy("What must hold"), _WAYS)
    first_amount = choose(gettext_lazy("This amount"), [], required=False)
    sign = choose(gettext_lazy("How it compares"), SIGNS, required=False)
    second_amount = choose(gettext_lazy("With this amount"), [], required=False)
    changed = choose(gettext_lazy("This number"), [], required=False)
    percent = number(gettext_lazy("It may differ by so many per cent"))
    holds = ExpressionField(label=gettext_lazy("Expression"))
    level = radios(
        gettext_lazy("When it does not hold"),
        [("error", gettext_lazy("The form cannot be handed in")),
         ("warning", gettext_lazy("Whoever answers is asked to look again"))],
    )  # fmt: skip
    at = choose(gettext_lazy("Question it is told at"), [])
    message = Words(
        label=gettext_lazy("What is said then"), required=True, rows=2, max_length=500,
        help_text=gettext_lazy("A name in {} shows its value, such as: {total} is more than {before.total}."),
    )  # fmt: skip

    def first(self) -> dict[str, Any]:
        """The choice that the expression is."""
        holds = self.part.get("holds")
        self.amounts = amounts_to_choose(self.definition)
        chosen = split_check(holds if isinstance(holds, str) else "", self.amounts)
        found: dict[str, Any] = {
            "way": chosen.way if self.part else "compare", "holds": holds, "level": self.part.get("level", "error"),
            "at": self.part.get("at"), "message": self.text("message"), "percent": 30,
        }  # fmt: skip
        if chosen.way == "compare":
            found |= {"first_amount": chosen.first, "sign": chosen.sign, "second_amount": chosen.second}
        elif chosen.way == "change":
            found |= {"changed": chosen.first, "percent": chosen.second}
        return found

    def prepare(self) -> None:
        """Offer the amounts and questions there are."""
        amounts = [("", _("Choose an amount")), *((one, self.words_of(one)) for one in self.amounts)]
        plain = [("", _("Choose a number")), *((one, self.label_of(one)) for one in self.amounts if "(" not in one)]
        asked = [("", _("Choose a question")), *((key, self.label_of(key)) for key in self.definition.questions)]
        for name, offered in (("first_amount", amounts), ("second_amount", amounts), ("changed", plain), ("at", asked)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs is there."""
        data: dict[str, Any] = super().clean() or {}
        needed = {"compare": ("first_amount", "second_amount"), "change": ("changed",), "expression": ("holds",)}
        for name in needed.get(str(data.get("way")), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        if data.get("way") == "change" and not 0 < (data.get("percent") or 0) <= 1000 and "percent" not in self.errors:
            self.add_error("percent", _("Write a number from 1 to 1000."))
        return data

    def changed_part(self) -> Raw:
        """The check under a key of its own."""
        data, key = self.cleaned_data, str(self.part.get("key", ""))
        if not key:
            taken = [str(one.get("key")) for one in editing.parts_of(self.raw, CHECK)]
            key = editing.new_key(f"{data['at']}_check", taken, "check")
        return {"key": key, "level": data["level"], "at": data["at"], "holds": self.expression(data),
                "message": self.texts("message", data["message"])}  # fmt: skip

    def expression(self, data: dict[str, Any]) -> str:
        """What must hold."""
        match data["way"]:
            case "compare":
                return f"{data['first_amount']} {data['sign'] or '=='} {data['second_amount']}"
            case "change":
                return change_within(data["changed"], data["percent"])
        return str(data["holds"])

    def field_of(self, inside: str) -> str:
        """A fault of the expression stands where it was made."""
        name = super().field_of(inside)
        if name == "holds":
            return {"compare": "first_amount", "change": "changed"}.get(self.cleaned_data["way"], "holds")
        return name

    def path(self, part: Raw) -> str:
        """By its key."""
        return f"checks.{part['key']}"
