"""Whether the tables of one file together give back what each of them leaves out.

A reader who has all of them knows many sums: each line of each table, and that equal things have equal numbers. What
is left out is at least 1. A number is safe when all sums also hold with another in its place. Such another filling is
looked for one step away: the number one higher or lower, and whatever must move with it so that each sum holds again.
None found within `_TRIES` counts as none, so that a mistake leaves out too much and never too little.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

_TRIES = 1500
Sum = tuple[str, Sequence[str]]
"""A number by its name, and the names of those that add up to it."""


class Together:
    """All numbers of a file by name, with the sums between them."""

    def __init__(self, values: Mapping[str, int], sums: Sequence[Sum]) -> None:
        self.values = values
        self.terms: list[Counter[str]] = []
        self.among: defaultdict[str, list[int]] = defaultdict(list)
        for whole, parts in sums:
            terms = Counter(parts)
            terms[whole] -= 1
            for name in terms:
                self.among[name].append(len(self.terms))
            self.terms.append(terms)

    def told(self, hidden: Collection[str]) -> list[str]:
        """The names left out whose numbers the rest gives back, in order."""
        search = _Search(self, frozenset(hidden))
        safe: set[str] = set()
        for name in sorted(hidden):
            if name not in safe:
                safe |= search.other(name)
        return sorted(set(hidden) - safe)

    def next_to_hide(self, name: str, hidden: Collection[str]) -> str | None:
        """The smallest number shown in a sum with this one, else in a sum with those; None where all are left out."""
        seen, ring = {name}, [name]
        while ring:
            beside = {other for one in ring for at in self.among[one] for other in self.terms[at]} - seen
            shown = [other for other in beside if other not in hidden and self.values[other]]
            if shown:
                return min(shown, key=lambda other: (self.values[other], other))
            seen |= beside
            ring = sorted(beside)
        return None


class _Search:
    def __init__(self, all_of: Together, hidden: frozenset[str]) -> None:
        self.all, self.hidden, self.left = all_of, hidden, 0
        self.open = [[name for name in terms if name in hidden] for terms in all_of.terms]

    def other(self, name: str) -> set[str]:
        """The names that have another number in a filling where this one has; empty when none was found."""
        for step in (1, -1):
            if self.all.values[name] + step < 1:
                continue
            self.left = _TRIES
            shift: dict[str, int] = {}
            off: dict[int, int] = {}
            self._move(name, step, shift, off)
            if self._mend(shift, off):
                return {moved for moved, by in shift.items() if by}
        return set()

    def _mend(self, shift: dict[str, int], off: dict[int, int]) -> bool:
        """Move numbers, each once, until no sum is off; undone when there is no way."""
        if not off:
            return True
        self.left -= 1
        if self.left < 0:
            return False
        at = min(off, key=lambda one: (len(self.open[one]), one))
        for name, step in self._ways(at, shift, off):
            self._move(name, step, shift, off)
            if self._mend(shift, off):
                return True
            self._move(name, -step, shift, off)
            del shift[name]
        return False

    def _ways(self, at: int, shift: Mapping[str, int], off: Mapping[int, int]) -> Iterator[tuple[str, int]]:
        """Which numbers could bring a sum right, those first that put the fewest others wrong."""
        found: list[tuple[int, int, str, int]] = []
        for name in self.open[at]:
            share = self.all.terms[at][name]
            if name in shift or share not in (1, -1):
                continue
            step = -off[at] * share
            value = self.all.values[name] + step
            if value < 1:
                continue
            wrong = sum(
                1 if other not in off else -1 if off[other] + self.all.terms[other][name] * step == 0 else 0
                for other in self.all.among[name]
            )
            found.append((wrong, -value, name, step))
        return ((name, step) for _wrong, _value, name, step in sorted(found))

    def _move(self, name: str, step: int, shift: dict[str, int], off: dict[int, int]) -> None:
        shift[name] = shift.get(name, 0) + step
        for at in self.all.among[name]:
            by = off.pop(at, 0) + self.all.terms[at][name] * step
            if by:
                off[at] = by
