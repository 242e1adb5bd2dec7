"""The server's check of a form's answers: 30 questions with conditions, sums, checks and computed values."""

import statistics
import time
from pathlib import Path
from typing import Any

from havn.forms.rules.answering import check
from havn.forms.rules.parsing import parse

TIMES = 3_000


def run(scratch: Path, quick: bool) -> dict[str, float]:
    """`form_us`: the median of one check, in microseconds."""
    form, answers = parse(_form()), _answers()
    before = {"n_0": 40, "total": 400}
    found = check(form, answers, before, before)
    assert not found.faults
    assert len(found.answers) >= 30
    taken = []
    for _time in range(TIMES // 10 if quick else TIMES):
        began = time.perf_counter()
        check(form, answers, before, before)
        taken.append(time.perf_counter() - began)
    return {"form_us": statistics.median(taken) * 1e6}


def _form() -> dict[str, Any]:
    label = {"en": "x"}
    codes = [{"code": code, "label": label, "score": score} for score, code in enumerate("abcd")]
    numbers = [{"key": f"n_{n}", "type": "number", "label": label, "required": True, "least": 0} for n in range(10)]
    choices = [{"key": f"c_{n}", "type": "one", "label": label, "required": True, "choices": codes} for n in range(8)]
    shown = [
        {"key": f"t_{n}", "type": "text", "label": label, "show_if": f'c_{n} in ("b", "c") and n_{n} > 0'}
        for n in range(8)
    ]
    others = [
        {"key": "met", "type": "yes_no", "label": label}, {"key": "day", "type": "date", "label": label},
        {"key": "liked", "type": "scale", "label": label},
        {"key": "table", "type": "matrix", "label": label, "least": 0, "rows": codes, "columns": codes[:2]},
    ]  # fmt: skip
    asked = {"numbers": numbers, "choices": choices, "words": shown, "others": others}
    return {
        "key": "thirty", "language": "en", "languages": [], "title": label, "about": {},
        "sections": [{"key": key, "title": label, "questions": questions} for key, questions in asked.items()],
        "computed": [{"key": "total", "label": label, "value": 'sum("n_")'},
                     {"key": "points", "label": label, "value": 'score("c_")', "bands": [{"from": 0, "label": label}]}],
        "checks": [
            {"key": "adds", "level": "error", "at": "table", "holds": "sum(table) <= total", "message": label},
            {"key": "last", "level": "warning", "at": "n_0", "message": label,
             "holds": "abs(n_0 - before.n_0) <= 0.5 * before.n_0"},
            {"key": "year", "level": "warning", "at": "n_1", "message": label,
             "holds": "abs(total - year_before.total) <= 0.5 * year_before.total"}],
    }  # fmt: skip


def _answers() -> dict[str, Any]:
    return {
        **{f"n_{n}": "45" for n in range(10)}, **{f"c_{n}": "b" for n in range(8)},
        **{f"t_{n}": "A short answer" for n in range(8)}, "met": "true", "day": "2026-03-31", "liked": "4",
        "table": {row: {"a": "3", "b": "4"} for row in "abcd"},
    }  # fmt: skip
