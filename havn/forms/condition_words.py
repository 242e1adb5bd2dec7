"""A condition in words, for people without JavaScript: 'Shown if: "Was it reported?" is Yes'."""

from collections.abc import Callable
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.forms.rules.definition import OTHER, Choice, Definition, Type
from havn.forms.rules.expressions import PERIODS, Expression, Node

_COMPARED: dict[str, Callable[[], str]] = {
    "==": lambda: _("%(first)s is %(second)s"),
    "!=": lambda: _("%(first)s is not %(second)s"),
    "<": lambda: _("%(first)s is less than %(second)s"),
    "<=": lambda: _("%(first)s is at most %(second)s"),
    ">": lambda: _("%(first)s is more than %(second)s"),
    ">=": lambda: _("%(first)s is at least %(second)s"),
    "in": lambda: _("%(first)s is one of: %(second)s"),
    "+": lambda: _("%(first)s plus %(second)s"),
    "-": lambda: _("%(first)s minus %(second)s"),
    "*": lambda: _("%(first)s times %(second)s"),
    "/": lambda: _("%(first)s divided by %(second)s"),
}
_CALLED: dict[str, Callable[[], str]] = {
    "sum": lambda: _("the sum of %(parts)s"),
    "count": lambda: _("the number of answers in %(parts)s"),
    "score": lambda: _("the score of %(parts)s"),
    "min": lambda: _("the least of %(parts)s"),
    "max": lambda: _("the most of %(parts)s"),
    "abs": lambda: _("the size of %(parts)s"),
    "filled": lambda: _("%(parts)s is answered"),
}


def basis_words(code: str) -> str:
    """How a number is known."""
    return {"counted": _("Counted"), "platform": _("Platform statistic"), "estimate": _("Estimate")}.get(code, code)


def in_words(expression: Expression, definition: Definition, language: str) -> str:
    """The condition in the reader's language, with questions and answers called as in the form."""
    return _Words(definition, language).of(expression.node)


class _Words:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition, self.language = definition, language

    def of(self, node: Node) -> str:
        kind = node[0]
        if kind == "value":
            return self.value(node[1], None)
        if kind == "name":
            return self.condition(node) if self.is_yes_no(node) else self.name(node[1:])
        if kind == "list":
            return ", ".join(self.value(one[1], None) for one in node[1:])
        if kind == "binary":
            return self.binary(node[1], node[2], node[3])
        if kind == "call":
            return self.call(node[1], node[2:])
        if kind in ("and", "or"):
            both = _("%(first)s and %(second)s") if kind == "and" else _("%(first)s or %(second)s")
            return both % {"first": self.grouped(node[1], kind), "second": self.grouped(node[2], kind)}
        return self.negated(node[1]) if kind == "not" else _("minus %(value)s") % {"value": self.of(node[1])}

    def grouped(self, node: Node, around: str) -> str:
        return f"({self.of(node)})" if node[0] in ("and", "or") and node[0] != around else self.of(node)

    def negated(self, node: Node) -> str:
        if node[0] == "call" and node[1] == "filled":
            return _("%(first)s is not answered") % {"first": self.name(node[2][1:])}
        if node[0] == "call" and node[1] == "selected":
            several = self.has_several(node[2])
            said = _("%(first)s does not include %(second)s") if several else _("%(first)s is not %(second)s")
            return said % self.pair(node[2], node[3])
        if node[0] == "binary" and node[1] == "in" and node[3][0] == "name":
            return _("%(first)s does not include %(second)s") % self.pair(node[3], node[2])
        if node[0] == "binary" and node[1] == "in":
            return _("%(first)s is none of: %(second)s") % self.pair(node[2], node[3])
        if self.is_yes_no(node):
            return _("%(first)s is %(second)s") % {"first": self.name(node[1:]), "second": _("No")}
        return _("this is not so: %(condition)s") % {"condition": self.of(node)}

    def has_several(self, node: Node) -> bool:
        question = self.definition.questions.get(node[1])
        return question is None or question.type == Type.MANY

    def is_yes_no(self, node: Node) -> bool:
        question = self.definition.questions.get(node[1]) if node[0] == "name" and len(node) == 2 else None
        return question is not None and question.type == Type.YES_NO

    def condition(self, node: Node) -> str:
        return _("%(first)s is %(second)s") % {"first": self.name(node[1:]), "second": _("Yes")}

    def binary(self, sign: str, left: Node, right: Node) -> str:
        if sign == "in" and right[0] == "name":
            return _("%(first)s includes %(second)s") % self.pair(right, left)
        return _COMPARED[sign]() % self.pair(left, right)

    def pair(self, left: Node, right: Node) -> dict[str, str]:
        """Both sides, a value called as the choice of the question on the other side."""
        return {"first": self.side(left, right), "second": self.side(right, left)}

    def side(self, node: Node, other: Node) -> str:
        asked = other[1:] if other[0] == "name" else None
        if node[0] == "value":
            return self.value(node[1], asked)
        if node[0] == "list":
            return ", ".join(self.value(one[1], asked) for one in node[1:])
        return self.name(node[1:]) if node[0] == "name" else self.of(node)

    def call(self, function: str, nodes: tuple[Node, ...]) -> str:
        if function == "selected":
            several = self.has_several(nodes[0])
            said = _("%(first)s includes %(second)s") if several else _("%(first)s is %(second)s")
            return said % self.pair(nodes[0], nodes[1])
        if function == "if":
            parts = [self.of(node) for node in nodes]
            return _("%(yes)s if %(condition)s, else %(no)s") % {"condition": parts[0], "yes": parts[1], "no": parts[2]}
        parts = [self.name(node[1:]) if node[0] == "name" else self.of(node) for node in nodes]
        return _CALLED[function]() % {"parts": ", ".join(parts)}

    def value(self, value: Any, asked: tuple[str, ...] | None) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, str):
            return self.choice(value, asked)
        return format_decimal(value, "#,##0.#########", locale=reader_language().split("-")[0])

    def choice(self, code: str, asked: tuple[str, ...] | None) -> str:
        question = self.definition.questions.get(asked[0]) if asked else None
        if question is None:
            return f"“{code}”"
        if asked and asked[-1] == "basis":
            return f"“{basis_words(code)}”"
        if code == OTHER and question.other:
            return _("“Something else”")
        return f"“{self.label((*question.choices, *question.columns), code)}”"

    def name(self, parts: tuple[str, ...]) -> str:
        """What a question is called, of which period, and which row and column of it."""
        if parts[0] in PERIODS:
            said = _("%(name)s in the last period") if parts[0] == PERIODS[0] else _("%(name)s a year before")
            return said % {"name": self.name(parts[1:])}
        return ", ".join([f"“{self.title(parts[0])}”", *(self.part(parts[0], one) for one in parts[1:])])

    def part(self, key: str, code: str) -> str:
        question = self.definition.questions.get(key)
        if code == "*":
            return _("all rows")
        if code == "basis":
            return _("how it is known")
        return self.label((*question.rows, *question.columns), code) if question else code

    def title(self, key: str) -> str:
        definition = self.definition
        found = definition.questions.get(key) or definition.computed_by_key.get(key)
        labels = found.label if found else definition.by_key[key].title if key in definition.by_key else {}
        return definition.said(labels, self.language).text or key

    def label(self, choices: tuple[Choice, ...], code: str) -> str:
        for one in choices:
            if one.code == code:
                return self.definition.said(one.label, self.language).text or code
        return code
