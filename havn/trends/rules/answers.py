"""A helpline's quarter as it was answered in a form, as facts: by what each question says it is about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from havn.trends.rules.network import UNKNOWN

TOTAL = ("total", "all")
_ONLINE = "helpline.online"
_TABLES = {f"helpline.{name}": name for name in ("channel", "person", "gender", "reason", "place")}
_COLUMN = "contacts"


def facts_in(
    questions: Iterable[tuple[str, str]], answers: Mapping[str, Any], standard: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], int]:
    """Facts out of answers. `questions` are (key, source); `standard` gives by dimension the network's code of a row.

    A row that the network's list has no name for counts as not known. Without a total that was answered, the sum of the
    channels is the total; without either there are no facts.
    """
    found: Counter[tuple[str, str]] = Counter()
    for key, source in questions:
        answer = answers.get(key)
        if source == _ONLINE and isinstance(answer, int):
            found[TOTAL] = answer
        elif source in _TABLES and isinstance(answer, Mapping):
            dimension = _TABLES[source]
            names = standard.get(dimension, {})
            for row, cells in answer.items():
                found[dimension, names.get(row, UNKNOWN)] += _number(cells)
    if TOTAL not in found:
        channels = sum(number for (dimension, _code), number in found.items() if dimension == "channel")
        if not channels:
            return {}
        found[TOTAL] = channels
    return dict(found)


def filled(facts: Mapping[tuple[str, str], int], dimensions: Iterable[str]) -> dict[tuple[str, str], int]:
    """Each list up to the total: contacts of which it says nothing are not known in it.

    So the total less a list is nobody's own number, such as that of the one helpline that does not ask for it.
    """
    found = dict(facts)
    for dimension in dimensions:
        told = sum(number for (name, _code), number in facts.items() if name == dimension)
        if told < facts[TOTAL]:
            found[dimension, UNKNOWN] = found.get((dimension, UNKNOWN), 0) + facts[TOTAL] - told
    return found


def _number(cells: object) -> int:
    """What a row holds: its contacts where that is a column, else the sum of its columns."""
    if not isinstance(cells, Mapping):
        return cells if isinstance(cells, int) else 0
    if isinstance(cells.get(_COLUMN), int):
        return int(cells[_COLUMN])
    return sum(cell for cell in cells.values() if isinstance(cell, int))
