"""Reading one question of a definition: what belongs to its type, and nothing else."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from havn.forms.rules import limits
from havn.forms.rules.definition import OTHER, Choice, Question, Type
from havn.forms.rules.expressions import Expression

if TYPE_CHECKING:
    from havn.forms.rules.reading import Reading

_ALWAYS = ("key", "type", "label", "help", "required", "show_if", "source")
_OF_TYPE: dict[Type, tuple[str, ...]] = {
    Type.NOTE: (),
    Type.TEXT: ("lines", "longest"),
    Type.NUMBER: ("whole", "least", "most", "unit", "basis"),
    Type.ONE: ("choices", "other"),
    Type.MANY: ("choices", "other", "most"),
    Type.SCALE: ("least", "most", "low", "high"),
    Type.MATRIX: ("rows", "columns", "cell", "whole", "least", "most", "basis", "low", "high"),
    Type.DATE: (),
    Type.YES_NO: (),
    Type.FILE: ("kinds", "largest"),
}
CELLS = ("number", "one", "scale")
FILE_KINDS = ("pdf", "docx", "xlsx", "odt")
"""Documents that can be looked into before they are kept (havn/rounds), and no pictures."""


def question_of(reading: "Reading", raw: Any, path: str) -> Question | None:
    """The question, or None where it has no key or type; faults are in `reading`."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in tuple(Type):
        reading.table(raw, path, _ALWAYS + tuple({name for names in _OF_TYPE.values() for name in names}))
        reading.fault(f"{path}.type", "one-of", allowed=", ".join(Type))
        if isinstance(raw, dict):
            reading.key(raw.get("key"), path)
        return None
    type_ = Type(kind)
    given = reading.table(raw, path, _ALWAYS + _OF_TYPE[type_])
    key = reading.key(given.get("key"), path)
    required, required_if = _required(reading, given.get("required"), f"{path}.required")
    source = given.get("source") or ""
    if not isinstance(source, str) or len(source) > 80:
        reading.fault(f"{path}.source", "not-text")
        source = ""
    question = Question(
        key=key,
        type=type_,
        label=reading.labels(given.get("label"), f"{path}.label", limits.LONGEST_ABOUT),
        help=reading.labels(given.get("help"), f"{path}.help", limits.LONGEST_ABOUT, needed=False),
        required=required,
        required_if=required_if,
        show_if=reading.expression(given.get("show_if"), f"{path}.show_if"),
        source=source,
        **_of_type(reading, type_, given, path),
    )
    return question if key else None


def _required(reading: "Reading", raw: Any, path: str) -> tuple[bool, Expression | None]:
    if isinstance(raw, str):
        return False, reading.expression(raw, path)
    return reading.flag(raw, path), None


def _of_type(reading: "Reading", type_: Type, given: Mapping[str, Any], path: str) -> dict[str, Any]:
    if type_ == Type.TEXT:
        return {
            "lines": reading.whole(given.get("lines"), f"{path}.lines", 1, 40, 1),
            "longest": reading.whole(given.get("longest"), f"{path}.longest", 1, limits.LONGEST_ANSWER, 1_000),
        }
    if type_ == Type.NUMBER:
        return {
            **_bounds(reading, given, path),
            "whole": reading.flag(given.get("whole"), f"{path}.whole", otherwise=True),
            "unit": reading.labels(given.get("unit"), f"{path}.unit", needed=False),
            "basis": reading.flag(given.get("basis"), f"{path}.basis"),
        }
    if type_ in (Type.ONE, Type.MANY):
        return _choosing(reading, type_, given, path)
    if type_ == Type.SCALE:
        return _scale(reading, given, path)
    if type_ == Type.MATRIX:
        return _matrix(reading, given, path)
    return _file(reading, given, path) if type_ == Type.FILE else {}


def _bounds(reading: "Reading", given: Mapping[str, Any], path: str) -> dict[str, Any]:
    least, most = (reading.number(given.get(name), f"{path}.{name}") for name in ("least", "most"))
    if least is not None and most is not None and least > most:
        reading.fault(path, "least-above-most")
    return {"least": least, "most": most}


def _scale(reading: "Reading", given: Mapping[str, Any], path: str) -> dict[str, Any]:
    least = reading.whole(given.get("least"), f"{path}.least", 0, 1, 1)
    most = reading.whole(given.get("most"), f"{path}.most", least + 1, least + limits.WIDEST_SCALE - 1, 5)
    return {
        "least": least,
        "most": most,
        "low": reading.labels(given.get("low"), f"{path}.low", needed=False),
        "high": reading.labels(given.get("high"), f"{path}.high", needed=False),
    }


def _choosing(reading: "Reading", type_: Type, given: Mapping[str, Any], path: str) -> dict[str, Any]:
    choices, dimension = _choices(reading, given.get("choices"), f"{path}.choices")
    found = {
        "choices": choices,
        "choices_from": dimension,
        "other": reading.flag(given.get("other"), f"{path}.other"),
    }
    if found["other"] and any(one.code == OTHER for one in choices):
        reading.fault(f"{path}.other", "key-twice", key=OTHER)
    if type_ == Type.MANY:
        found["most"] = reading.whole(given.get("most"), f"{path}.most", 1, limits.MOST_CHOICES, limits.MOST_CHOICES)
    return found


def _matrix(reading: "Reading", given: Mapping[str, Any], path: str) -> dict[str, Any]:
    cell = reading.word(given.get("cell"), f"{path}.cell", CELLS, "number")
    rows, rows_from = _choices(reading, given.get("rows"), f"{path}.rows")
    found: dict[str, Any] = {"cell": cell, "rows": rows, "rows_from": rows_from}
    if cell == "scale":
        if given.get("columns"):
            reading.fault(f"{path}.columns", "scale-has-no-columns")
        return {**found, **_scale(reading, given, path)}
    columns, columns_from = _choices(reading, given.get("columns"), f"{path}.columns")
    found |= {"columns": columns, "columns_from": columns_from}
    if len(rows) * len(columns) > limits.MOST_CELLS:
        reading.fault(path, "too-many-cells", most=limits.MOST_CELLS)
    if cell == "number":
        whole = reading.flag(given.get("whole"), f"{path}.whole", otherwise=True)
        found |= {**_bounds(reading, given, path), "whole": whole}
        found["basis"] = reading.flag(given.get("basis"), f"{path}.basis")
    if found.get("basis") and any(one.code == "basis" for one in rows):
        reading.fault(f"{path}.rows", "key-twice", key="basis")
    return found


def _choices(reading: "Reading", raw: Any, path: str) -> tuple[tuple[Choice, ...], str]:
    """A list of its own, or {"vocabulary": dimension}."""
    if isinstance(raw, dict):
        dimension = reading.table(raw, path, ("vocabulary",)).get("vocabulary")
        if not isinstance(dimension, str) or not 0 < len(dimension) <= 20:
            reading.fault(f"{path}.vocabulary", "not-text")
            return (), ""
        return (), dimension
    found: dict[str, Choice] = {}
    for number, one in enumerate(reading.rows(raw, path, limits.MOST_CHOICES)):
        at = reading.place(one, path, number)
        given = reading.table(one, at, ("code", "label", "score"))
        code = given.get("code")
        label, score = (
            reading.labels(given.get("label"), f"{at}.label"),
            reading.number(given.get("score"), f"{at}.score"),
        )
        if not isinstance(code, str) or not reading.is_code(code):
            reading.fault(f"{at}.code", "code")
        elif code in found:
            reading.fault(f"{at}.code", "key-twice", key=code)
        else:
            found[code] = Choice(code, label, score)
    if not found:
        reading.fault(path, "needs-choice")
    return tuple(found.values()), ""


def _file(reading: "Reading", given: Mapping[str, Any], path: str) -> dict[str, Any]:
    kinds = [one for one in reading.rows(given.get("kinds"), f"{path}.kinds", len(FILE_KINDS)) if isinstance(one, str)]
    if any(one not in FILE_KINDS for one in kinds):
        reading.fault(f"{path}.kinds", "one-of", allowed=", ".join(FILE_KINDS))
    largest = reading.whole(given.get("largest"), f"{path}.largest", 1, limits.LARGEST_FILE, limits.LARGEST_FILE)
    return {"kinds": tuple(one for one in kinds if one in FILE_KINDS) or FILE_KINDS, "largest": largest}


def fields_of(question: Question) -> int:
    """How many fields it has; of lists that a definition does not hold, as many as are taken for granted."""
    if question.type != Type.MATRIX:
        return 1
    rows = limits.LISTED_ROWS if question.rows_from else len(question.rows)
    columns = limits.LISTED_ROWS if question.columns_from else len(question.columns)
    return rows * (columns if question.cell == "number" else 1)
