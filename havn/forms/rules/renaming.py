"""Giving a part of a draft another key, with everything in the draft that mentions it following.

What mentions a key: conditions, expressions for "must be answered", computed values, checks, where a check is told, and
the values in its message. Beginnings in quotes (`sum("channel_")`) cannot follow: a key neither leaves nor joins one.
"""

import copy
import re

from havn.forms.rules.editing import (
    CHECK,
    COMPUTED,
    KINDS,
    QUESTION,
    SECTION,
    SETTINGS,
    Raw,
    part_of,
    parts_of,
    with_part,
)
from havn.forms.rules.expressions import PERIODS, ExpressionFault, read, tokens
from havn.forms.rules.linking import PLACEHOLDER


class BeginningDiffers(Exception):
    """An expression takes in every key with a beginning, which one of the two keys has and the other has not."""

    def __init__(self, beginning: str) -> None:
        super().__init__(beginning)
        self.beginning = beginning


def renamed(raw: Raw, kind: str, old: str, new: str) -> Raw:
    """The definition with the part under its new key. Raises NotThere, and BeginningDiffers."""
    changed = copy.deepcopy(raw)
    part_of(changed, kind, old)["key"] = new
    if kind == CHECK:
        return changed
    for holder, name in _expressions(changed):
        holder[name] = expression_with(holder[name], old, new)
    for check in parts_of(changed, CHECK):
        if check.get("at") == old:
            check["at"] = new
        message = check.get("message")
        if isinstance(message, dict):
            check["message"] = {
                code: _said(text, old, new) if isinstance(text, str) else text for code, text in message.items()
            }
    return changed


def put(raw: Raw, kind: str, key: str, part: Raw) -> Raw:
    """`editing.with_part`, and where the part brings another key, `renamed`, with what that raises."""
    new = str(part.get("key", key))
    if new == key or kind == SETTINGS:
        return with_part(raw, kind, key, part)
    return renamed(with_part(raw, kind, key, {**part, "key": key}), kind, key, new)


def expression_with(text: str, old: str, new: str) -> str:
    """An expression that asks for `new` where it asked for `old`; one that cannot be read stays as it is."""
    try:
        prefixes = read(text).prefixes
        found = tokens(text)
    except ExpressionFault:
        return text
    for beginning in sorted(prefixes):
        if old.startswith(beginning) != new.startswith(beginning):
            raise BeginningDiffers(beginning)
    for number in reversed(range(len(found))):
        _kind, word, at = found[number]
        if word == old and _is_key(found, number):
            text = f"{text[:at]}{new}{text[at + len(old) :]}"
    return text


def _is_key(found: list[tuple[str, str, int]], number: int) -> bool:
    """Whether this word is the name of an answer: no function, and no row or column of another answer."""
    kind, _word, _at = found[number]
    behind = found[number + 1][1] if number + 1 < len(found) else ""
    if kind != "word" or behind == "(":
        return False
    if number < 2 or found[number - 1][1] != ".":
        return True
    first = number - 2
    return found[first][1] in PERIODS and (first == 0 or found[first - 1][1] != ".")


def _said(text: str, old: str, new: str) -> str:
    def follow(match: re.Match[str]) -> str:
        parts = match[1].split(".")
        at = 1 if parts[0] in PERIODS and len(parts) > 1 else 0
        if parts[at] == old:
            parts[at] = new
        return "{" + ".".join(parts) + "}"

    return PLACEHOLDER.sub(follow, text)


def _expressions(raw: Raw) -> list[tuple[Raw, str]]:
    """Every place of an expression: what holds it, and under which name."""
    names = {SECTION: ("show_if",), QUESTION: ("show_if", "required"), COMPUTED: ("value",), CHECK: ("holds",)}
    return [
        (part, name)
        for kind in KINDS
        for part in parts_of(raw, kind)
        for name in names[kind]
        if isinstance(part.get(name), str)
    ]
