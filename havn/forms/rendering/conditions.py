"""What a browser needs to show and hide questions as the server does: `static/forms/conditions.js` reads it."""

from collections.abc import Mapping
from typing import Any

from havn.forms.rules.definition import Definition, Type
from havn.forms.rules.evaluating import Scope
from havn.forms.rules.expressions import PERIODS, Expression, Node


def for_browser(definition: Definition, prefix: str, periods: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """The steps in the order of `Definition.order`; None where nothing is ever hidden.

    A step is {"s": section, "r": repeated, "n": condition}, {"q": question, "in": section, "t": type, "c": cell,
    "n": condition} or {"v": computed value, "n": expression}. Values of earlier periods are filled in.
    """
    if not any(one.show_if for one in definition.sections) and not any(
        one.show_if for one in definition.questions.values()
    ):
        return None
    scope = Scope({}, periods, definition.scores)
    scope.columns = definition.repeated
    steps = [_step(definition, key, scope) for key in definition.order]
    return {"prefix": prefix, "steps": steps, "scores": definition.scores}


def _step(definition: Definition, key: str, scope: Scope) -> dict[str, Any]:
    section = definition.by_key.get(key)
    if section is not None:
        return {"s": key, "r": int(section.repeat is not None), "n": _tree(section.show_if, scope)}
    question = definition.questions.get(key)
    if question is None:
        return {"v": key, "n": _tree(definition.computed_by_key[key].value, scope)}
    where = definition.section_of[key].key
    step = {"q": key, "in": where, "t": question.type, "n": _tree(question.show_if, scope)}
    return {**step, "c": question.cell} if question.type == Type.MATRIX else step


def _tree(expression: Expression | None, scope: Scope) -> Any:
    return _filled(expression.node, scope) if expression else None


def _filled(node: Node, scope: Scope) -> Any:
    """The tree with names of earlier periods replaced by what they were."""
    if node[0] == "name" and node[1] in PERIODS:
        return ["value", scope.find(tuple(node[1:]))]
    return [_filled(part, scope) if isinstance(part, tuple) else part for part in node]
