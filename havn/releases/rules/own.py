"""What single centres gave to tables of the network: what each knows as a reader, and what two tables of the same days
tell of one of them, when it came, went or changed its numbers in between."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from havn.releases.rules.sensitivity import CHANGE, LARGEST_SHARE, LEAST_CENTRES
from havn.releases.rules.tables import Codes, Parts, Published, Table, added_up, name_of

NEW = "new"
OWN_NEW = f"own {NEW}"


def own_numbers(
    earlier: Sequence[Published], table: Table, new: Published, knows: Mapping[str, Parts], now: Mapping[str, Parts]
) -> dict[str, list[Published]]:
    """By centre what it knows of its own: of the new table, and of each earlier one of which that can still be said, as
    its numbers are now. Of an older version of the same table the new numbers say all.

    A centre that gave nothing to one of them knows that as well.
    """
    gave = {NEW: table.wholes} if table.parts is not None else {}
    frames = {NEW: new}
    for one in earlier:
        is_older = (one.first, one.last) == (new.first, new.last) and _keys(one) <= _keys(new)
        parts = None if is_older else now.get(one.key, knows.get(one.key))
        leaves = set(product(*(dimension.leaves for dimension in one.dimensions)))
        if parts is not None and all(codes in leaves for counts in parts.values() for codes in counts):
            gave[one.key] = {centre: added_up(one.dimensions, counts) for centre, counts in parts.items()}
            frames[one.key] = one
    centres = {name: None for wholes in gave.values() for name, whole in wholes.items() if any(whole.values())}
    return {
        centre: [
            replace(
                frames[key], key=f"own {key}", population=centre, hidden=frozenset(), lowest=0,
                shown=wholes.get(centre) or added_up(frames[key].dimensions, {}),
            )
            for key, wholes in gave.items()
        ]
        for centre in centres
    }  # fmt: skip


def _keys(one: Published) -> set[str]:
    return {dimension.key for dimension in one.dimensions}


class FewChanged(ValueError):
    """Since another table of the same days fewer than three centres changed its sum, or one nearly alone. `centres` are
    those that changed."""

    def __init__(self, centres: Iterable[str]) -> None:
        super().__init__("few-changed")
        self.centres = sorted(centres)


def few_changed(
    table: Table, frame: Published, earlier: Sequence[Published], knows: Mapping[str, Parts], now: Mapping[str, Parts]
) -> dict[Codes, str]:
    """The numbers whose change since an earlier table would be one or two centres' own.

    A difference of two numbers of the network is a number of the network: three centres or more, none with more than
    three quarters of it. The same for a quarter within a year, or the year around a quarter. FewChanged where that is
    so of the sum of all: nothing of the new table could be read then.
    """
    found: dict[Codes, str] = {}
    for one in earlier:
        about = one.population, one.first, one.last
        given = table.parts if about == (frame.population, frame.first, frame.last) else now.get(one.key)
        if given is None or one.key not in knows:
            continue
        before, after = _by_name(one, knows[one.key]), _by_name(replace(frame, dimensions=table.dimensions), given)
        if given is not table.parts or not one.dimensions:
            after = _by_name(one, given if one.dimensions else _summed(given))
        for codes in table.whole:
            name = name_of(table.dimensions, codes)
            moved = {c: abs(after[c][name] - before[c][name]) for c in {*before, *after}}
            if _tells_one(list(moved.values())):
                if not name:
                    raise FewChanged(centre for centre, number in moved.items() if number)
                found[codes] = CHANGE
    return found


def _summed(given: Parts) -> Parts:
    return {centre: {(): sum(counts.values())} for centre, counts in given.items()}


def _by_name(one: Published, given: Parts) -> defaultdict[str, Counter[frozenset[tuple[str, str]]]]:
    """By centre what it gave under each name; codes that the table does not list are nothing."""
    leaves = set(product(*(dimension.leaves for dimension in one.dimensions)))
    found: defaultdict[str, Counter[frozenset[tuple[str, str]]]] = defaultdict(Counter)
    for centre, counts in given.items():
        whole = added_up(one.dimensions, {codes: number for codes, number in counts.items() if codes in leaves})
        found[centre].update({name_of(one.dimensions, codes): number for codes, number in whole.items()})
    return found


def _tells_one(moved: Sequence[int]) -> bool:
    changed = [number for number in moved if number]
    if not changed:
        return False
    return len(changed) < LEAST_CENTRES or max(changed) * 100 > LARGEST_SHARE * sum(changed)
