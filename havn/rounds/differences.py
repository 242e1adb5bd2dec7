"""What a file changes in the answers, cell by cell and in words, before anything is taken."""

from collections.abc import Mapping
from typing import Any

from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.rules.merging import changes
from havn.rounds.working import Work

Difference = dict[str, str]
"""name, was, now."""


def differences(
    definition: forms.Definition, old: Mapping[str, Any], new: Mapping[str, Any], language: str
) -> list[Difference]:
    """Each answer that differs, of a table each cell, of a repeated part each answer of each row."""
    return [
        {"name": forms.path_words(definition, path, language), "was": was, "now": now}
        for key in changes(old, new)
        for path, was, now in _cells(definition, key, old.get(key), new.get(key), language)
        if was != now
    ]


def left_out(work: Work, answers: Mapping[str, Any]) -> list[str]:
    """The questions whose answers would go with sending in, because other answers hide them."""
    checked = work.check(answers, final=False)
    hidden = [key for key in work.definition.questions if key in answers and key not in checked.answers]
    wrong = {fault.path.partition(".")[0] for fault in checked.faults}
    return [forms.path_words(work.definition, key, reader_language()) for key in hidden if key not in wrong]


def _cells(definition: forms.Definition, key: str, old: Any, new: Any, language: str) -> list[tuple[str, str, str]]:
    """[path, words before, words after] of one question or repeated part."""
    if key in definition.by_key:
        return _rows(definition, key, old, new, language)
    question = definition.questions.get(key.partition(".")[0])
    if question is not None and question.type == forms.Type.MATRIX and "." not in key:
        names = {one.code: definition.said(one.label, language).text for one in question.columns}
        was, now = _flat(old, names), _flat(new, names)
        return [(f"{key}.{cell}", was.get(cell, ""), now.get(cell, "")) for cell in dict.fromkeys([*was, *now])]
    return [(key, _words(definition, key, old, language), _words(definition, key, new, language))]


def _rows(definition: forms.Definition, key: str, old: Any, new: Any, language: str) -> list[tuple[str, str, str]]:
    was, now = _list(old), _list(new)
    found: list[tuple[str, str, str]] = []
    for at in range(max(len(was), len(now))):
        before, after = (was[at] if at < len(was) else {}), (now[at] if at < len(now) else {})
        for one in changes(before, after):
            for path, text, other in _cells(definition, one, before.get(one), after.get(one), language):
                found.append((f"{key}.{at}.{path}", text, other))
    return found


def _flat(table: Any, names: Mapping[str, str]) -> dict[str, str]:
    """Cell to what stands in it, a column that was chosen by its name; a nought that somebody wrote is one."""
    if not isinstance(table, dict):
        return {}
    found: dict[str, str] = {}
    for row, cells in table.items():
        if isinstance(cells, dict):
            found |= {f"{row}.{column}": str(value) for column, value in cells.items() if value not in (None, "")}
        elif cells not in (None, ""):
            found[str(row)] = names.get(str(cells), str(cells))
    return found


def _list(rows: Any) -> list[dict[str, Any]]:
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _words(definition: forms.Definition, key: str, value: Any, language: str) -> str:
    question = definition.questions.get(key)
    try:
        return forms.answer_words(question, value, definition, language) if question else str(value or "")
    except ValueError:  # no day, as it was typed
        return str(value)
