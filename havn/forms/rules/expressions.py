"""The language of conditions, checks and computed values, read into a tree. `evaluating` gives it a value.

    filled(total) and sum(channels) == total
    abs(total - before.total) <= 0.3 * before.total
    "phone" in lines and reasons."hate-speech".girls > 5

There is nothing in it but answers, numbers, words and the functions of FUNCTIONS: no attributes, no loops, no power.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from havn.forms.rules.limits import DEEPEST, LONGEST_EXPRESSION, MOST_NODES

Node: TypeAlias = tuple[Any, ...]
"""("value", v) · ("name", part, …) · ("not", a) · ("neg", a) · ("and" | "or", a, b) · ("list", node, …) ·
("binary", operator, a, b) · ("call", function, node, …). As lists it is the JSON that the browser evaluates."""

BEFORE, YEAR_BEFORE = "before", "year_before"
PERIODS = (BEFORE, YEAR_BEFORE)
# How many arguments each function takes, and whether they are answers (a name, or a "prefix_" where that is said).
FUNCTIONS: dict[str, tuple[int, int]] = {
    "sum": (1, 20), "count": (1, 20), "score": (1, 20), "min": (1, 20), "max": (1, 20), "abs": (1, 1), "if": (3, 3),
    "filled": (1, 1), "selected": (2, 2),
}  # fmt: skip
OF_ANSWERS = ("sum", "count", "score")
"""Functions whose arguments are names, or a prefix of names in quotes."""
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,9})?)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<text>"[^"\\\n]*"|'[^'\\\n]*')"""
    r"""|(?P<sign><=|>=|==|!=|[-+*/×÷−(),.<>=]))"""
)
_SAME = {"=": "==", "×": "*", "÷": "/", "−": "-"}
_COMPARE = ("==", "!=", "<", "<=", ">", ">=", "in")
_RESERVED = ("and", "or", "not", "in", "true", "false")


class ExpressionFault(Exception):
    """What is wrong with an expression: a code for the sentence (words.py), where, and what stands there."""

    def __init__(self, code: str, at: int = 0, found: str = "") -> None:
        super().__init__(code)
        self.code, self.at, self.found = code, at, found[:40]


@dataclass(frozen=True)
class Expression:
    """An expression that was read. `names` are all answers it asks for; `prefixes` those it asks for by beginning."""

    text: str
    node: Node
    names: frozenset[tuple[str, ...]]
    prefixes: frozenset[str]


@lru_cache(maxsize=4096)
def read(text: str) -> Expression:
    """Read an expression. Raises ExpressionFault, and nothing else, for whatever it is given."""
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionFault("too-long")
    reader = _Reader(tokens(text))
    node = reader.whole()
    return Expression(text, node, frozenset(reader.names), frozenset(reader.prefixes))


def tokens(text: str) -> list[tuple[str, str, int]]:
    """The words, numbers, texts and signs of an expression: kind, as it stands, and where. Raises ExpressionFault."""
    found: list[tuple[str, str, int]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if not text[at:].strip():
                break
            raise ExpressionFault("sign", at, text[at:].strip())
        kind = match.lastgroup or ""
        found.append((kind, match[kind], match.start(kind)))
        at = match.end()
    return found


class _Reader:
    """Recursive descent; each method reads one level and returns its tree."""

    def __init__(self, tokens: list[tuple[str, str, int]]) -> None:
        self.tokens, self.place, self.depth, self.nodes = tokens, 0, 0, 0
        self.names: set[tuple[str, ...]] = set()
        self.prefixes: set[str] = set()

    def whole(self) -> Node:
        if not self.tokens:
            raise ExpressionFault("empty")
        node = self.any_of()
        if self.place < len(self.tokens):
            _kind, found, at = self.tokens[self.place]
            raise ExpressionFault("left-over", at, found)
        return node

    def any_of(self) -> Node:
        self.deeper()
        node = self.all_of()
        while self.take("or"):
            node = self.made("or", node, self.all_of())
        self.depth -= 1
        return node

    def all_of(self) -> Node:
        node = self.negated()
        while self.take("and"):
            node = self.made("and", node, self.negated())
        return node

    def negated(self) -> Node:
        if self.take("not"):
            self.deeper()
            node = self.made("not", self.negated())
            self.depth -= 1
            return node
        return self.compared()

    def compared(self) -> Node:
        node = self.added()
        negative = self.peek() == "not" and self.peek(1) == "in"
        if negative:
            self.place += 1
        sign = _SAME.get(self.peek(), self.peek())
        if sign not in _COMPARE or self.kind() == "text":
            return node
        self.place += 1
        node = self.made("binary", sign, node, self.members() if sign == "in" else self.added())
        return self.made("not", node) if negative else node

    def members(self) -> Node:
        """After "in": a list of plain values in brackets, or the name of a question with several answers."""
        if not self.take("("):
            return self.name(self.need("word"))
        parts = [self.plain()]
        while self.take(","):
            parts.append(self.plain())
        self.must(")")
        return self.made("list", *parts)

    def plain(self) -> Node:
        node = self.negative()
        if node[0] != "value":
            raise ExpressionFault("plain-values", self.at())
        return node

    def added(self) -> Node:
        node = self.multiplied()
        while (sign := _SAME.get(self.peek(), self.peek())) in ("+", "-") and self.kind() == "sign":
            self.place += 1
            node = self.made("binary", sign, node, self.multiplied())
        return node

    def multiplied(self) -> Node:
        node = self.negative()
        while (sign := _SAME.get(self.peek(), self.peek())) in ("*", "/") and self.kind() == "sign":
            self.place += 1
            node = self.made("binary", sign, node, self.negative())
        return node

    def negative(self) -> Node:
        if self.take("-") or self.take("−"):
            self.deeper()
            inner = self.negative()
            self.depth -= 1
            if inner[0] == "value" and isinstance(inner[1], float):
                return ("value", -inner[1])
            return self.made("neg", inner)
        return self.single()

    def single(self) -> Node:
        if self.place >= len(self.tokens):
            raise ExpressionFault("ends")
        kind, found, at = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return self.made("value", float(found))
        if kind == "text":
            return self.made("value", found[1:-1])
        if found == "(":
            node = self.any_of()
            self.must(")")
            return node
        if kind == "word" and found in ("true", "false"):
            return self.made("value", found == "true")
        if kind == "word" and self.peek() == "(":
            return self.call(found, at)
        if kind == "word" and found not in _RESERVED:
            return self.name(found)
        raise ExpressionFault("unexpected", at, found)

    def name(self, first: str) -> Node:
        if first in _RESERVED:
            raise ExpressionFault("unexpected", self.at(), first)
        parts = [first]
        while self.take("."):
            kind, found, at = self.tokens[self.place] if self.place < len(self.tokens) else ("", "", 0)
            if kind not in ("word", "text", "number") and found != "*":
                raise ExpressionFault("unexpected" if found else "ends", at, found)
            self.place += 1
            parts.append(found[1:-1] if kind == "text" else found)
        if len(parts) > 4:
            raise ExpressionFault("too-deep", self.at())
        self.names.add(tuple(parts))
        return self.made("name", *parts)

    def call(self, function: str, at: int) -> Node:
        if function not in FUNCTIONS:
            raise ExpressionFault("function", at, function)
        self.must("(")
        given = [self.argument(function)]
        while self.take(","):
            given.append(self.argument(function))
        self.must(")")
        least, most = FUNCTIONS[function]
        if not least <= len(given) <= most:
            raise ExpressionFault("arguments", at, function)
        if function in ("filled", "selected") and given[0][0] != "name":
            raise ExpressionFault("wants-name", at, function)
        return self.made("call", function, *given)

    def argument(self, function: str) -> Node:
        node = self.any_of()
        if function in OF_ANSWERS:
            if node[0] == "value" and isinstance(node[1], str) and node[1]:
                self.prefixes.add(node[1])
            elif node[0] != "name":
                raise ExpressionFault("wants-name", self.at(), function)
        return node

    def made(self, *node: Any) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise ExpressionFault("too-long")
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionFault("too-deep", self.at())

    def peek(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place][1] if place < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def at(self) -> int:
        return self.tokens[min(self.place, len(self.tokens) - 1)][2]

    def take(self, wanted: str) -> bool:
        if self.peek() == wanted and self.kind() != "text":
            self.place += 1
            return True
        return False

    def must(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ExpressionFault("missing", self.at(), wanted)

    def need(self, kind: str) -> str:
        if self.kind() != kind:
            raise ExpressionFault("unexpected", self.at(), self.peek())
        self.place += 1
        return self.tokens[self.place - 1][1]
