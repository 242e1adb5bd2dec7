"""What a report says, out of the counts of its period. Counts in, numbers out; names come from elsewhere."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from havn.helpline.rules.figures import ANSWERED, ONLINE, UNKNOWN, WITHOUT, Cell

ENDS = (ANSWERED, WITHOUT, "left", "closed", "refused")
TAKEN = (ANSWERED, WITHOUT)
BANDS = ("0-1", "1-5", "5-15", "15-30", "30-60", "60+")
HELPED = "3"


@dataclass(frozen=True, slots=True)
class Slot:
    """One count with what it is within taken apart."""

    channel: str
    end: str
    scope: str
    code: str
    number: int


@dataclass(frozen=True)
class Figures:
    """The counts of a period, by dimension. A channel narrows all of them but the answers that came late."""

    slots: Mapping[str, list[Slot]]
    late: Counter[str] = field(default_factory=Counter)

    def codes(self, dimension: str, *, ends: Collection[str] = (), scope: str = "", channel: str = "") -> Counter[str]:
        """How many per code; with ends, scope or channel only those."""
        found: Counter[str] = Counter()
        for slot in self.slots.get(dimension, ()):
            if (not ends or slot.end in ends) and scope in ("", slot.scope) and channel in ("", slot.channel):
                found[slot.code] += slot.number
        return found

    def grid(
        self, dimension: str, across: str, *, ends: Collection[str] = (), scope: str = ""
    ) -> dict[str, Counter[str]]:
        """Code to how many per `across`: "end", "channel" or "scope"."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for slot in self.slots.get(dimension, ()):
            if (not ends or slot.end in ends) and scope in ("", slot.scope):
                found[slot.code][getattr(slot, across)] += slot.number
        return dict(found)

    def ends(self, *, channel: str = "") -> Counter[str]:
        """How many attempts became what."""
        found: Counter[str] = Counter()
        for slot in self.slots.get("contacts", ()):
            if channel in ("", slot.channel):
                found[slot.end] += slot.number
        return found

    def channels(self) -> Counter[str]:
        """How many attempts by which channel."""
        found: Counter[str] = Counter()
        for slot in self.slots.get("contacts", ()):
            found[slot.channel] += slot.number
        return found

    def scopes(self) -> Counter[str]:
        """How many talks were about something online, were not, or do not say."""
        found: Counter[str] = Counter()
        for slot in self.slots.get("contacts", ()):
            if slot.end == ANSWERED:
                found[slot.scope] += slot.number
        return found

    @property
    def offered(self) -> int:
        """Every attempt."""
        return sum(self.ends().values())

    @property
    def answered(self) -> int:
        """Those that somebody answered, also when nothing was said."""
        ends = self.ends()
        return sum(ends[end] for end in TAKEN)

    @property
    def talks(self) -> int:
        """Answered, and something was said."""
        return self.ends()[ANSWERED]

    @property
    def feedback(self) -> Counter[str]:
        """What children answered, with their contact or later."""
        return self.codes("feedback") + self.late


def figures_of(cells: Mapping[Cell, int], *, channel: str = "") -> Figures:
    """Take the counts apart."""
    slots: defaultdict[str, list[Slot]] = defaultdict(list)
    late: Counter[str] = Counter()
    for (dimension, within, code), number in cells.items():
        parts = within.split("/")
        if len(parts) != 3:
            late[code] += number
        elif channel in ("", parts[0]):
            slots[dimension].append(Slot(parts[0], parts[1], parts[2], code, number))
    return Figures(dict(slots), late)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period in which one version of a list held."""

    version: str
    first: dt.date
    last: dt.date


def spans_of(versions: Collection[tuple[str, dt.date, dt.date | None]], first: dt.date, last: dt.date) -> list[Span]:
    """The versions that held in a period, each with its days: two where the list changed in between."""
    return [
        Span(code, max(first, begins), min(last, ends or last))
        for code, begins, ends in versions
        if begins <= last and (ends is None or ends >= first)
    ]


def of_version(counts: Mapping[str, int], version: str) -> Counter[str]:
    """The counts of "version:code" of one version, by code."""
    return Counter({key.split(":", 1)[1]: n for key, n in counts.items() if key.startswith(f"{version}:")})


def in_lists(counts: Mapping[str, int], spans: Collection[Span]) -> Counter[str]:
    """The counts of "version:code" or "version:code|other"; what no list of the period holds is not known."""
    lists = {span.version for span in spans}
    found: Counter[str] = Counter()
    for key, number in counts.items():
        reason, bar, other = key.partition("|")
        version, colon, _code = reason.partition(":")
        found[f"{UNKNOWN}{bar}{other}" if colon and version not in lists else key] += number
    return found


def followed(counts: Mapping[str, int], successors: Mapping[str, str]) -> Counter[str]:
    """Counts of "version:code" under the code that took over in the end, so that periods can be compared."""
    found: Counter[str] = Counter()
    for key, number in counts.items():
        code = key.split(":", 1)[-1]
        found[successors.get(code, code)] += number
    return found


def crossed(counts: Mapping[str, int], successors: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Counts of "version:code|other" as code to other, under the code that took over."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, number in counts.items():
        reason, _bar, other = key.partition("|")
        code = reason.split(":", 1)[-1]
        found[successors.get(code, code)][other] += number
    return dict(found)


def mapped(counts: Mapping[str, int], mapping: Mapping[str, str]) -> tuple[Counter[str], Counter[str]]:
    """Counts under the names of another list, and what that list has no name for."""
    found: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for code, number in counts.items():
        if name := mapping.get(code):
            found[name] += number
        else:
            lost[code] += number
    return found, lost


def in_standard(
    counts: Mapping[str, int], version: str, standard: Mapping[str, str]
) -> tuple[Counter[str], Counter[str]]:
    """Counts of "version:code" of whatever version under one other, and by code what it has no name for."""
    found: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for key, number in counts.items():
        if key == UNKNOWN:
            found[UNKNOWN] += number
            continue
        code = key.split(":", 1)[-1]
        if target := standard.get(code):
            found[f"{version}:{target}"] += number
        else:
            lost[code] += number
    return found, lost


def week(counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Half-hour to how many on each day of the week, Monday first, from the first half-hour used to the last."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for code, number in counts.items():
        day, _dash, clock = code.partition("-")
        found[clock][int(day)] += number
    if not found:
        return {}
    every = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    used = [clock for clock in every if min(found) <= clock <= max(found)]
    return {clock: found[clock] for clock in used}


__all__ = [
    "BANDS", "ENDS", "HELPED", "ONLINE", "TAKEN", "UNKNOWN", "Figures", "Slot", "Span", "crossed", "figures_of",
    "followed", "in_lists", "in_standard", "mapped", "of_version", "spans_of", "week",
]  # fmt: skip
