"""A quarter that is published again: what readers learn by setting it beside what they read before.

With the frozen figures of an article everything that was published of them is kept. A number that moved by fewer than
five since tells of single contacts, so that such a correction is not published; where one or two helplines came or went
since, the difference would be their own numbers; what was left out once stays left out.
"""

from collections.abc import Mapping
from typing import Any

from havn.trends.rules.network import LEAST_CENTRES, SMALL

PUBLISHED = "published"


def numbers_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that readers have once these are published."""
    return {"total": figures["total"], "parts": figures["parts"], "reported": figures["reported"]}


def with_published(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything published so far, with these, the same numbers once."""
    before = list(figures.get(PUBLISHED, ()))
    return before if numbers_of(figures) in before else [*before, numbers_of(figures)]


def left_out_before(figures: Mapping[str, Any]) -> dict[str, set[str]]:
    """By list the codes that were left out when it was published."""
    found: dict[str, set[str]] = {}
    for one in figures.get(PUBLISHED, ()):
        for name, part in one["parts"].items():
            found.setdefault(name, set()).update(code for code, number in part["codes"].items() if number is None)
    return found


def too_near(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers, by list and code, that differ by one to four from one that was published; of a list "known" too."""
    now = _flat(figures)
    found = set()
    for one in figures.get(PUBLISHED, ()):
        for key, old in _flat(one).items():
            # A code that had no contact is shown as none: it is not in the list.
            new = now.get(key, 0)
            if old is not None and new is not None and 0 < abs(new - old) < SMALL:
                found.add(key)
    return sorted(found)


def came_or_went(figures: Mapping[str, Any]) -> list[str]:
    """The helplines that are in these figures and not in published ones, or the other way, where that tells theirs."""
    now, found = set(figures["reported"]), set[str]()
    for one in figures.get(PUBLISHED, ()):
        other = now ^ set(one["reported"])
        if len(other) < LEAST_CENTRES:
            found |= other
    return sorted(found)


def _flat(figures: Mapping[str, Any]) -> dict[tuple[str, str], int | None]:
    found: dict[tuple[str, str], int | None] = {("total", "all"): figures["total"]}
    for name, part in figures["parts"].items():
        found |= {(name, code): number for code, number in part["codes"].items()}
        found[name, "known"] = part["known"]
    return found
