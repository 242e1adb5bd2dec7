"""What an expression is worth, given answers. What is missing, and what is divided by nothing, is unknown: None.

Three-valued: `and`, `or` and `not` follow Kleene, so that a check of what nobody answered neither holds nor fails.
Numbers are counted as 64-bit floats, as the browser counts them (static/forms/conditions.js); both give the same.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, TypeGuard

from havn.forms.rules.expressions import PERIODS, Expression, Node, read
from havn.forms.rules.limits import MOST_STEPS

Value: TypeAlias = Any
"""None for unknown, bool, int or float, str, or the list or mapping that an answer is."""
Run: TypeAlias = "Callable[[Scope], Value]"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LARGEST = 10**300


class _TooMuch(Exception):
    """The steps of this scope are used up."""


class Scope:
    """Where names are looked up: answers and values of now, of the last period and of the year before.

    `scores` says what a choice counts: question key to {code: score}. `row` is laid over within a repeated section.
    One scope is used for all expressions of a form, so that together they stay within MOST_STEPS.
    """

    def __init__(
        self, answers: Mapping[str, Value], periods: Mapping[str, Mapping[str, Value]] | None = None,
        scores: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:  # fmt: skip
        self.answers, self.periods, self.scores = answers, periods or {}, scores or {}
        self.columns: Mapping[str, str] = {}
        """Question of a repeated section to the key of that section."""
        self.row: Mapping[str, Value] = {}
        self.within = ""
        """The repeated section that `row` is a row of."""
        self.steps = MOST_STEPS

    def find(self, parts: tuple[str, ...]) -> Value:
        """The value that a name stands for; None where there is none."""
        self.spend(1)
        if len(parts) == 1 and parts[0] not in self.columns:
            return self.answers.get(parts[0])
        if parts[0] in PERIODS:
            return self._walk(self.periods.get(parts[0]) or {}, parts[1:])
        if self.within and self.columns.get(parts[0]) == self.within:
            return self._at(self.row, parts)
        return self._walk(self.answers, parts)

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise _TooMuch

    def starting_with(self, prefix: str) -> list[str]:
        """The keys of answers and values that begin so, without what stands beside a number."""
        self.spend(len(self.answers))
        sections = set(self.columns.values())
        return [key for key in self.answers if key.startswith(prefix) and "." not in key and key not in sections]

    def _walk(self, source: Mapping[str, Value], parts: tuple[str, ...]) -> Value:
        if not parts:
            return None
        if parts[0] not in source and parts[0] in self.columns:
            rows = source.get(self.columns[parts[0]])
            if not isinstance(rows, list):
                return None
            self.spend(len(rows))
            found = [self._at(row, parts) for row in rows if isinstance(row, dict)]
            return [one for one in found if one is not None]
        return self._at(source, parts)

    def _at(self, source: Mapping[str, Value], parts: tuple[str, ...]) -> Value:
        if len(parts) == 2 and (beside := source.get(f"{parts[0]}.{parts[1]}")) is not None:
            return beside
        return self._inside(source.get(parts[0]), parts[1:])

    def _inside(self, value: Value, parts: tuple[str, ...]) -> Value:
        for place, part in enumerate(parts):
            if not isinstance(value, dict):
                return None
            if part == "*":
                self.spend(len(value))
                found = [self._inside(one, parts[place + 1 :]) for one in value.values()]
                return [one for one in found if one is not None]
            value = value.get(part)
        return value


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Its value; None when unknown. Whole numbers come as int. Never raises and never runs long."""
    try:
        value = _run(expression.text)(scope)
    except _TooMuch:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def is_number(value: Value) -> TypeGuard[int | float]:
    """An int or a float that is finite, and not a bool."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST


def is_filled(value: Value) -> bool:
    """Whether something was answered: False for None, an empty text, list or mapping."""
    return value is not None and value != "" and value != [] and value != {}


@lru_cache(maxsize=4096)
def _run(text: str) -> Run:
    """Kept by the text, not by the tree: for Python a tree with True in it equals one with 1."""
    return _compiled(read(text).node)


def _compiled(node: Node) -> Run:
    kind = node[0]
    if kind == "value":
        constant = node[1]
        return lambda scope: constant
    if kind == "name":
        parts = tuple(node[1:])
        return lambda scope: scope.find(parts)
    if kind == "list":
        constants = [one[1] for one in node[1:]]
        return lambda scope: constants
    if kind == "call":
        return _call(node[1], node[2:])
    if kind == "binary":
        return _binary(node[1], _compiled(node[2]), _compiled(node[3]))
    if kind in ("and", "or"):
        return _joined(kind == "or", _compiled(node[1]), _compiled(node[2]))
    inner = _compiled(node[1])
    if kind == "not":
        return lambda scope: None if (value := inner(scope)) is not True and value is not False else not value
    return lambda scope: -float(value) if is_number(value := inner(scope)) else None


def _joined(decides: bool, left: Run, right: Run) -> Run:
    def run(scope: Scope) -> Value:
        first = left(scope)
        if first is decides:
            return decides
        second = right(scope)
        if second is decides:
            return decides
        return (not decides) if first is (not decides) and second is (not decides) else None

    return run


def _binary(sign: str, left: Run, right: Run) -> Run:
    if sign == "in":
        return lambda scope: _among(left(scope), right(scope))
    act = _COMPARISONS.get(sign) or _ARITHMETIC[sign]
    return lambda scope: act(left(scope), right(scope))


def _among(value: Value, members: Value) -> Value:
    if value is None or not isinstance(members, list):
        return None
    return any(_same(value, one) is True for one in members)


def _same(left: Value, right: Value) -> Value:
    if left is None or right is None or isinstance(left, (list, dict)) or isinstance(right, (list, dict)):
        return None
    if is_number(left) and is_number(right):
        return float(left) == float(right)
    return type(left) is type(right) and left == right


def _ordered(ask: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    def run(left: Value, right: Value) -> Value:
        if is_number(left) and is_number(right):
            return ask(float(left), float(right))
        if isinstance(left, str) and isinstance(right, str) and _DAY.match(left) and _DAY.match(right):
            return ask(left, right)
        return None

    return run


def _counted(act: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    def run(left: Value, right: Value) -> Value:
        if not is_number(left) or not is_number(right):
            return None
        value = act(float(left), float(right))
        return value if math.isfinite(value) else None

    return run


def _divided(left: Value, right: Value) -> Value:
    if not is_number(left) or not is_number(right) or right == 0:
        return None
    value = float(left) / float(right)
    return value if math.isfinite(value) else None


def _differs(left: Value, right: Value) -> Value:
    same = _same(left, right)
    return None if same is None else not same


_COMPARISONS: dict[str, Callable[[Value, Value], Value]] = {
    "==": _same, "!=": _differs, "<": _ordered(lambda a, b: a < b), "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b), ">=": _ordered(lambda a, b: a >= b),
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": _counted(lambda a, b: a + b), "-": _counted(lambda a, b: a - b), "*": _counted(lambda a, b: a * b),
    "/": _divided,
}  # fmt: skip


def _call(name: str, nodes: tuple[Node, ...]) -> Run:
    if name in ("sum", "count", "score"):
        return _over_answers(name, nodes)
    runs = tuple(_compiled(node) for node in nodes)
    if name == "filled":
        return lambda scope: is_filled(runs[0](scope))
    if name == "selected":
        return lambda scope: _chosen(runs[0](scope), runs[1](scope))
    if name == "if":
        return lambda scope: _if(scope, runs)
    if name == "abs":
        return lambda scope: abs(float(value)) if is_number(value := runs[0](scope)) else None
    pick = min if name == "min" else max
    return lambda scope: _extreme(pick, [run(scope) for run in runs])


def _if(scope: Scope, runs: tuple[Run, ...]) -> Value:
    asked = runs[0](scope)
    return runs[1](scope) if asked is True else runs[2](scope) if asked is False else None


def _chosen(answer: Value, code: Value) -> bool:
    return any(_same(one, code) is True for one in (answer if isinstance(answer, list) else [answer]))


def _extreme(pick: Callable[[Iterable[float]], float], values: list[Value]) -> Value:
    flat = [number for value in values for number in (value if isinstance(value, list) else [value])]
    return pick([float(one) for one in flat]) if flat and all(is_number(one) for one in flat) else None


def _over_answers(name: str, nodes: tuple[Node, ...]) -> Run:
    asked = [(node[1], ()) if node[0] == "value" else ("", tuple(node[1:])) for node in nodes]

    def run(scope: Scope) -> Value:
        found: list[tuple[str, Value]] = []
        for prefix, parts in asked:
            found += [(key, scope.find((key,))) for key in scope.starting_with(prefix)] if prefix else []
            found += [(parts[0], scope.find(parts))] if parts else []
        if name == "count":
            return float(sum(_many(scope, value) for _key, value in found))
        scored = name == "score"
        numbers = [n for key, value in found for n in _numbers(scope, value, scope.scores.get(key) if scored else None)]
        return _total(numbers) if numbers else None

    return run


def _total(numbers: list[float]) -> Value:
    """Added one after another, as the browser does it, so that both round alike."""
    total = 0.0
    for number in numbers:
        total += number
    return total if math.isfinite(total) else None


def _many(scope: Scope, value: Value) -> int:
    scope.spend(1)
    if isinstance(value, dict):
        return sum(_many(scope, one) for one in value.values())
    return len(value) if isinstance(value, list) else int(is_filled(value))


def _numbers(scope: Scope, value: Value, scores: Mapping[str, float] | None) -> list[float]:
    """The numbers in an answer, and of codes what they score."""
    scope.spend(1)
    if isinstance(value, dict):
        return [n for one in value.values() for n in _numbers(scope, one, scores)]
    if isinstance(value, list):
        return [n for one in value for n in _numbers(scope, one, scores)]
    if scores and isinstance(value, str) and value in scores:
        return [float(scores[value])]
    return [float(value)] if is_number(value) else []
