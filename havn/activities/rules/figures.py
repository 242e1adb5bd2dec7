"""What a report freezes of the log, how it is stored, and what differs between two freezes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from havn.activities.rules.totals import Count, Effort


@dataclass(frozen=True, slots=True)
class Done:
    """One activity as a report lists it."""

    number: int
    kind: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    organisation: str
    place: str
    is_online: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a report's tables show."""

    activities: tuple[Done, ...] = ()
    counts: tuple[Count, ...] = ()
    efforts: tuple[Effort, ...] = ()

    def of_kind(self, kind: str) -> "Figures":
        """The part of one kind."""
        return Figures(
            tuple(done for done in self.activities if done.kind == kind),
            tuple(count for count in self.counts if count.kind == kind),
            tuple(effort for effort in self.efforts if effort.kind == kind),
        )

    def kinds(self, order: Sequence[str]) -> list[str]:
        """The kinds of which something was done, in the order given."""
        found = {done.kind for done in self.activities}
        return [kind for kind in order if kind in found]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that is another now. None: there is none."""

    count: Count
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class EffortChange:
    """Hours or euros of a kind that are others now."""

    kind: str
    before: Effort | None
    after: Effort | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the log says otherwise than a report does."""

    added: tuple[Done, ...] = ()
    gone: tuple[Done, ...] = ()
    changed: tuple[Done, ...] = ()
    numbers: tuple[NumberChange, ...] = ()
    efforts: tuple[EffortChange, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.gone, self.changed, self.numbers, self.efforts))


def as_json(figures: Figures) -> dict[str, Any]:
    """Plain values for a JSON column; `from_json` reads them back."""
    return {
        "activities": [
            [done.number, done.kind, done.title, done.starts_on.isoformat(), done.ends_on.isoformat(),
             done.organisation, done.place, done.is_online]
            for done in figures.activities
        ],
        "counts": [[one.kind, one.group, one.measure, one.basis, one.number] for one in figures.counts],
        "efforts": [[one.kind, one.activities, _text(one.hours), _text(one.cost)] for one in figures.efforts],
    }  # fmt: skip


def from_json(stored: dict[str, Any]) -> Figures:
    """What `as_json` wrote; empty figures for an empty value."""
    return Figures(
        activities=tuple(
            Done(number, kind, title, dt.date.fromisoformat(first), dt.date.fromisoformat(last), *rest)
            for number, kind, title, first, last, *rest in stored.get("activities", ())
        ),
        counts=tuple(Count(*one) for one in stored.get("counts", ())),
        efforts=tuple(
            Effort(kind, activities, _number(hours), _number(cost))
            for kind, activities, hours, cost in stored.get("efforts", ())
        ),
    )


def changes(before: Figures, after: Figures) -> Changes:
    """What `after` says otherwise than `before`."""
    old, new = ({done.number: done for done in side.activities} for side in (before, after))
    return Changes(
        added=tuple(done for number, done in new.items() if number not in old),
        gone=tuple(done for number, done in old.items() if number not in new),
        changed=tuple(done for number, done in new.items() if number in old and old[number] != done),
        numbers=tuple(_numbers(before.counts, after.counts)),
        efforts=tuple(_efforts(before.efforts, after.efforts)),
    )


def _numbers(before: Iterable[Count], after: Iterable[Count]) -> Iterable[NumberChange]:
    old, new = ({(one.kind, one.group, one.measure, one.basis): one for one in side} for side in (before, after))
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        numbers = (was.number if was else None, now.number if now else None)
        one = now or was
        if one is not None and numbers[0] != numbers[1]:
            yield NumberChange(one, *numbers)


def _efforts(before: Iterable[Effort], after: Iterable[Effort]) -> Iterable[EffortChange]:
    old, new = ({one.kind: one for one in side} for side in (before, after))
    for kind in sorted(old.keys() | new.keys()):
        was, now = old.get(kind), new.get(kind)
        if _told(was) != _told(now):
            yield EffortChange(kind, was, now)


def _told(effort: Effort | None) -> tuple[Decimal | None, Decimal | None]:
    return (effort.hours, effort.cost) if effort else (None, None)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
