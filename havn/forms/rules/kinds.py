"""One raw answer made the kind its question asks for, or the fault that says why it is not.

Raw answers come from a form (texts), a sheet (numbers, days, texts) or software (JSON): all of them are taken.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from havn.forms.rules import limits
from havn.forms.rules.definition import BASES, OTHER, Question, Type
from havn.forms.rules.evaluating import is_number

Values = dict[str, str | int | float]
FaultAt = tuple[str, str, Values]
"""What to add to the question's path, the code of the fault, and values for its sentence."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?\Z")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f'][0-9]{3})+(?:[.,][0-9]{1,9})?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_YES, _NO = ("true", "yes", "1", "on"), ("false", "no", "0")


@dataclass
class Typed:
    """The clean values under their keys ("total", "total.basis"), and faults."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[FaultAt] = field(default_factory=list)


def typed(question: Question, raw: Mapping[str, Any]) -> Typed:
    """The answer to a question among raw answers. Empty is no answer and no fault."""
    answer = Typed()
    given = raw.get(question.key)
    if question.type == Type.NOTE or given is None or given == "" or given == [] or given == {}:
        return answer
    value = _READERS[question.type](question, given, answer)
    if value is None:
        return answer
    answer.values[question.key] = value
    if question.basis:
        _basis(question, raw, answer)
    if question.other and (value == OTHER or (isinstance(value, list) and OTHER in value)):
        _other(question, raw, answer)
    return answer


def _basis(question: Question, raw: Mapping[str, Any], answer: Typed) -> None:
    key = f"{question.key}.basis"
    given = raw.get(key)
    if given in (None, ""):
        return
    if isinstance(given, str) and given in BASES:
        answer.values[key] = given
    else:
        answer.faults.append((".basis", "not-a-choice", {}))


def _other(question: Question, raw: Mapping[str, Any], answer: Typed) -> None:
    given = raw.get(f"{question.key}.other")
    words = clean_text(given) if isinstance(given, str) else ""
    if len(words) > limits.LONGEST_OTHER:
        answer.faults.append((".other", "too-long", {"most": limits.LONGEST_OTHER, "is": len(words)}))
    elif words:
        answer.values[f"{question.key}.other"] = words


def clean_text(given: str) -> str:
    """Line ends made one kind, control characters taken out, no white space around."""
    if given.isprintable():
        return given.strip()
    return _CONTROL.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).strip()


def number_from(given: Any) -> int | float | None:
    """A number from a number or from text, with a decimal comma or point and groups of three by spaces; else None."""
    if isinstance(given, str):
        if given.isdigit() and given.isascii() and len(given) < 16:
            return int(given)
        text = given.strip().replace("−", "-")
        if _GROUPED.match(text):
            text = re.sub(r"[ \u00a0\u202f']", "", text)
        text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
        if not _NUMBER.match(text):
            return None
        given = float(text)
    if not is_number(given):
        return None
    return int(given) if float(given).is_integer() else float(given)


def _number(question: Question, given: Any, answer: Typed, where: str = "") -> int | float | None:
    value = number_from(given)
    code, values = "", Values()
    if value is None:
        code = "not-a-number"
    elif abs(value) > limits.LARGEST_NUMBER:
        code, values = "too-large", {"most": limits.LARGEST_NUMBER}
    elif question.whole and not isinstance(value, int):
        code = "not-whole"
    elif question.least is not None and value < question.least:
        code, values = "too-small", {"least": question.least}
    elif question.most is not None and value > question.most:
        code, values = "too-large", {"most": question.most}
    if code:
        answer.faults.append((where, code, values))
        return None
    return value


def _scale(question: Question, given: Any, answer: Typed, where: str = "") -> int | None:
    value = number_from(given)
    least, most = question.least or 0, question.most or 0
    if not isinstance(value, int) or not least <= value <= most:
        answer.faults.append((where, "not-on-scale", {"least": int(least), "most": int(most)}))
        return None
    return value


def _text(question: Question, given: Any, answer: Typed) -> str | None:
    if isinstance(given, bool) or not isinstance(given, (str, int, float)):
        answer.faults.append(("", "not-text", {}))
        return None
    text = clean_text(str(given))
    if question.lines == 1:
        text = " ".join(text.split())
    if len(text) > question.longest:
        answer.faults.append(("", "too-long", {"most": question.longest, "is": len(text)}))
        return None
    return text or None


def _one(question: Question, given: Any, answer: Typed) -> str | None:
    code = _code(given)
    if code not in question.codes:
        answer.faults.append(("", "not-a-choice", {}))
        return None
    return code


def _code(given: Any) -> str:
    """A code as text: a sheet may give 2023 for "2023"."""
    if isinstance(given, str):
        return given.strip()
    return str(number_from(given)) if is_number(given) else ""


def _many(question: Question, given: Any, answer: Typed) -> list[str] | None:
    chosen = {_code(one) for one in (given if isinstance(given, (list, tuple)) else [given])} - {""}
    if chosen - set(question.codes):
        answer.faults.append(("", "not-a-choice", {}))
        return None
    if question.most is not None and len(chosen) > question.most:
        answer.faults.append(("", "too-many-chosen", {"most": int(question.most)}))
        return None
    return [code for code in question.codes if code in chosen] or None


def _matrix(question: Question, given: Any, answer: Typed) -> dict[str, Any] | None:
    if not isinstance(given, dict):
        answer.faults.append(("", "not-a-table", {}))
        return None
    found: dict[str, Any] = {}
    for row in question.row_codes:
        cell = given.get(row)
        if cell is None or cell == "" or cell == {}:
            continue
        value = _row(question, row, cell, answer)
        if value is not None and value != {}:
            found[row] = value
    if any(not _is_known(question, row) and cell not in (None, "", {}) for row, cell in given.items()):
        answer.faults.append(("", "unknown-row", {}))
    return found or None


def _is_known(question: Question, row: object) -> bool:
    return row in question.row_codes


def _row(question: Question, row: str, cell: Any, answer: Typed) -> Any:
    if question.cell == "scale":
        return _scale(question, cell, answer, f".{row}")
    if question.cell == "one":
        code = _code(cell)
        if code in question.column_codes:
            return code
        answer.faults.append((f".{row}", "not-a-choice", {}))
        return None
    if not isinstance(cell, dict):
        answer.faults.append((f".{row}", "not-a-table", {}))
        return None
    if any(column not in question.column_codes and value not in (None, "") for column, value in cell.items()):
        answer.faults.append((f".{row}", "unknown-column", {}))
    found: dict[str, Any] = {}
    for column in question.column_codes:
        given = cell.get(column)
        if given is not None and given != "":
            value = _number(question, given, answer, f".{row}.{column}")
            found |= {column: value} if value is not None else {}
    return found


def _date(question: Question, given: Any, answer: Typed) -> str | None:
    if isinstance(given, dt.datetime):
        return given.date().isoformat()
    if isinstance(given, dt.date):
        return given.isoformat()
    try:
        return dt.date.fromisoformat(given.strip()).isoformat()
    except (AttributeError, ValueError):
        answer.faults.append(("", "not-a-date", {}))
        return None


def _yes_no(question: Question, given: Any, answer: Typed) -> bool | None:
    if isinstance(given, bool):
        return given
    word = str(given).strip().lower() if isinstance(given, (str, int, float)) else ""
    if word in (*_YES, *_NO):
        return word in _YES
    answer.faults.append(("", "not-yes-or-no", {}))
    return None


def _file(question: Question, given: Any, answer: Typed) -> dict[str, Any] | None:
    name, size, ref = (given.get(one) for one in ("name", "size", "ref")) if isinstance(given, dict) else (None,) * 3
    if not isinstance(name, str) or not isinstance(ref, str) or not isinstance(size, int) or isinstance(size, bool):
        answer.faults.append(("", "not-a-file", {}))
    elif name.rpartition(".")[2].lower() not in question.kinds:
        answer.faults.append(("", "wrong-kind", {"kinds": ", ".join(question.kinds)}))
    elif not 0 < size <= question.largest:
        answer.faults.append(("", "file-too-large", {"most": question.largest // 1024}))
    else:
        return {"name": clean_text(name)[:200], "size": size, "ref": ref[:200]}
    return None


_READERS: dict[Type, Callable[[Question, Any, Typed], Any]] = {
    Type.TEXT: _text, Type.NUMBER: _number, Type.ONE: _one, Type.MANY: _many, Type.SCALE: _scale,
    Type.MATRIX: _matrix, Type.DATE: _date, Type.YES_NO: _yes_no, Type.FILE: _file,
}  # fmt: skip
