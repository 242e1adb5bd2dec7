"""What a machine can see of an entry: numbers, hours, missing facts, conflicts, age. A person decides what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from havn.directory.rules.hours import problem_of
from havn.directory.rules.numbers import read_number

CALLED = frozenset({"phone", "text", "whatsapp"})
NEEDS_HOURS = frozenset({"phone", "chat"})
WRONG = frozenset({"number-unreadable", "number-not-of-country", "hours-unreadable", "no-way"})
"""What must be wrong. Everything else may only be unknown or unusual."""


@dataclass(frozen=True)
class Finding:
    """`code` says what, `value` which number or rule. `wrong`: not only unknown."""

    code: str
    value: str = ""

    @property
    def wrong(self) -> bool:
        """Whether it cannot be right as it stands."""
        return self.code in WRONG


@dataclass(frozen=True)
class CheckedPoint:
    """What the checks need of a contact point. `known_hours`: its hours are kept by the desk, or certain rules."""

    channel: str
    value: str
    number: str
    rules: Sequence[str]
    known_hours: bool


@dataclass(frozen=True)
class CheckedEntry:
    """What the checks need of an entry. None and () mean: not known."""

    country: str
    hotline: bool
    points: Sequence[CheckedPoint]
    languages: Sequence[str]
    audiences: Sequence[str]
    free: bool | None
    anonymous: bool | None
    inhope: bool | None
    conflicts: int
    state: str


def findings_of(entry: CheckedEntry) -> list[Finding]:
    """Everything that needs a look, what is wrong first."""
    found = [*_of_points(entry), *_of_facts(entry)]
    return sorted(found, key=lambda finding: not finding.wrong)


def _of_points(entry: CheckedEntry) -> Iterable[Finding]:
    if not any(point.value for point in entry.points):
        yield Finding("no-way")
    for point in entry.points:
        if not point.value:
            yield Finding("no-address", point.channel)
        elif point.channel in CALLED and point.number:
            problem = read_number(point.number, entry.country).problem
            if problem:
                yield Finding(f"number-{problem}", point.number)
        for rule in point.rules:
            if problem_of(rule):
                yield Finding("hours-unreadable", rule)
        if point.channel in NEEDS_HOURS and not point.known_hours:
            yield Finding("hours-missing", point.channel)


def _of_facts(entry: CheckedEntry) -> Iterable[Finding]:
    if not entry.languages:
        yield Finding("languages-missing")
    if entry.hotline:
        if entry.inhope is None:
            yield Finding("inhope-missing")
    else:
        if not entry.audiences:
            yield Finding("audiences-missing")
        if entry.free is None:
            yield Finding("free-missing")
    if entry.anonymous is None:
        yield Finding("anonymous-missing")
    if entry.conflicts:
        yield Finding("conflicts", str(entry.conflicts))
    if entry.state in {"expired", "never", "changed"}:
        yield Finding(entry.state)
