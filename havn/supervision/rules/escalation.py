"""The checklist for imminent danger: when a second person is due, and what must stand before it can be closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MINUTE_MS = 60_000
# What is written, in the order of the page: the decision, its legal basis, what was disclosed to whom, what the child
# was told.
FIELDS = ("decision", "basis", "disclosed", "told")
LONGEST = 4_000


@dataclass(frozen=True)
class Step:
    """One line of a checklist. `needed`: the escalation is not closed without it. `call`: a number to press."""

    code: str
    text: str
    needed: bool = False
    call: str = ""


@dataclass(frozen=True)
class Rules:
    """The national rules of a country: its steps, its legal bases, and where each is written."""

    country: str
    title: str
    steps: tuple[Step, ...]
    bases: tuple[str, ...]
    sources: tuple[str, ...]


def rules_from(data: Mapping[str, Any], language: str) -> Rules:
    """Rules as they stand in a data file, in a language or else in English. KeyError or ValueError when not whole."""

    def said(words: Mapping[str, str]) -> str:
        return words.get(language) or words["en"]

    steps = tuple(
        Step(str(row["code"]), said(row["text"]), bool(row.get("needed", False)), str(row.get("call", "")))
        for row in data["steps"]
    )
    if len({step.code for step in steps}) != len(steps) or not steps:
        raise ValueError("The steps of a checklist need codes of their own.")
    return Rules(
        country=str(data["country"]),
        title=said(data["title"]),
        steps=steps,
        bases=tuple(said(one) for one in data["bases"]),
        sources=tuple(str(one) for one in data["sources"]),
    )


def due_at_ms(*, opened_at_ms: int, minutes: int) -> int:
    """Until when a second person should have come."""
    return opened_at_ms + minutes * MINUTE_MS


def is_overdue(*, due_at_ms: int, has_second: bool, now_ms: int) -> bool:
    """Whether it calls again: nobody has come in time."""
    return not has_second and now_ms >= due_at_ms


def lacking(*, steps: Sequence[Step], done: Collection[str], written: Mapping[str, str], has_second: bool) -> list[str]:
    """What keeps it from being closed: "second", codes of needed steps, names of fields that are empty."""
    missing = [] if has_second else ["second"]
    missing += [step.code for step in steps if step.needed and step.code not in done]
    return missing + [name for name in FIELDS if not written.get(name, "").strip()]


def may_confirm_close(*, asked_by: int | None, actor: int, opened_by: int | None, second: int | None) -> bool:
    """Whether this press closes it: the other of the two had pressed before."""
    return (
        asked_by is not None and asked_by != actor and actor in {opened_by, second} and asked_by in {opened_by, second}
    )
