"""Everything that several releases say together, as one system of whole numbers that add up.

The unknowns are the finest counts that the releases speak of: of each stretch of time between two dates at which a
release begins or ends, of each centre with a release of its own and of all others together, of each crossing of
leaves. Every number of every release is a sum of unknowns; a shown one is known, one left out has a least value.
So a quarter and its year, a centre and its network, a group and its parts, and two tables with one margin are tied
to one another as they are in truth.

A crossing is as wide as the tables ask: reasons by age and reasons by channel stay two crossings that agree on the
reasons, because tables whose dimensions form no circle can always be joined (decomposable models: Lauritzen 1996;
Dobra and Fienberg 2000). Where they form a circle (age by channel as well), the unknowns are crossed by all of them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, product

from havn.releases.rules.tables import ALL, NETWORK, Codes, Dimension, Published

OTHERS = "**"
MOST_UNKNOWNS = 20_000
_ONE_DAY = dt.timedelta(days=1)
Form = Mapping[int, int]
"""A sum of unknowns: place of each, how often."""
Span = tuple[dt.date, dt.date]


class Mismatch(ValueError):
    """Two releases divide one dimension in different ways, so that they cannot be compared; the key is the message."""


class TooMuch(ValueError):
    """The tables together cross into more unknowns than are worked out in reasonable time."""


@dataclass(frozen=True)
class Asked:
    """A number that a reader must not come too near to.

    `release` is the release it stands in, "" for one that nobody published and that others add up to. `need` is how
    wide its interval must be.
    """

    form: Form
    need: int
    release: str
    codes: Codes
    dimensions: tuple[str, ...]
    span: Span
    population: str

    @property
    def is_derived(self) -> bool:
        return not self.release


class System:
    """The unknowns, and the sums of them that releases speak of."""

    def __init__(self, releases: Sequence[Published]) -> None:
        self.releases = releases
        self.trees = _joined_trees([one for release in releases for one in release.dimensions])
        self.spans = _stretches(releases)
        self.populations = _populations(releases)
        self.families = _families([frozenset(one.key for one in release.dimensions) for release in releases])
        self._places: list[dict[tuple[Span, str, Codes], int]] = []
        self.size = 0
        for family in self.families:
            leaves = [self.leaves_of(key) for key in family]
            names = list(product(self.spans, self.populations, product(*leaves)))
            if self.size + len(names) > MOST_UNKNOWNS:
                raise TooMuch
            self._places.append({name: self.size + at for at, name in enumerate(names)})
            self.size += len(names)

    def leaves_of(self, key: str, code: str = ALL) -> tuple[str, ...]:
        """The leaves below a code of a dimension, over all releases."""
        return self._leaves[key][code]

    @cached_property
    def _leaves(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {key: {code: _below(tree, code) for code in (*_codes(tree), ALL)} for key, tree in self.trees.items()}

    def form(self, codes: Mapping[str, str], span: Span, population: str) -> dict[int, int]:
        """The sum that is a number: codes by dimension (those not named are totals), days, whom."""
        fixed = {key for key, code in codes.items() if code != ALL}
        at = next(at for at, family in enumerate(self.families) if fixed <= set(family))
        leaves = [self.leaves_of(key, codes.get(key, ALL)) for key in self.families[at]]
        spans = [one for one in self.spans if span[0] <= one[0] and one[1] <= span[1]]
        whose = self.populations if population == NETWORK else (population,)
        places = self._places[at]
        return {places[name]: 1 for name in product(spans, whose, product(*leaves))}

    def form_of(self, release: Published, codes: Codes) -> dict[int, int]:
        """The sum that a number of a release is."""
        named = {one.key: code for one, code in zip(release.dimensions, codes, strict=True)}
        return self.form(named, (release.first, release.last), release.population)

    def ties(self) -> Iterator[dict[int, int]]:
        """Sums that are 0: what two crossings share is the same in both."""
        for (one, places), (other, others) in combinations(zip(self.families, self._places, strict=True), 2):
            shared = [key for key in one if key in other]
            for span, whose, codes in product(
                self.spans, self.populations, product(*(self.leaves_of(key) for key in shared))
            ):
                named = dict(zip(shared, codes, strict=True))
                yield {
                    **{places[span, whose, name]: 1 for name in self._matching(one, named)},
                    **{others[span, whose, name]: -1 for name in self._matching(other, named)},
                }

    def empty(self, release: Published) -> Iterator[dict[int, int]]:
        """Sums that are 0 because a release does not list their code, and its lines add up to its total."""
        for one in release.dimensions:
            listed = {leaf for code in one.codes if code != ALL for leaf in self.leaves_of(one.key, code)}
            for leaf in self.leaves_of(one.key):
                if leaf not in listed:
                    yield self.form({one.key: leaf}, (release.first, release.last), release.population)

    def derived(self, need: int) -> Iterator[Asked]:
        """The numbers that nobody published and that others may add up to: of a stretch of time between releases, of
        the other centres of the network, of a crossing that no table shows."""
        whom = self.populations
        if OTHERS in whom:
            whom = (NETWORK,) if len(whom) == 1 else (*whom, NETWORK)
        said = {(release.population, release.first, release.last): set[frozenset[str]]() for release in self.releases}
        for release in self.releases:
            keys = frozenset(one.key for one in release.dimensions)
            said[release.population, release.first, release.last].add(keys)
        seen: set[tuple[object, ...]] = set()
        for family, span, whose in product(self.families, self.spans, whom):
            for codes in product(*((*_codes(self.trees[key]), ALL) for key in family)):
                fixed = frozenset(key for key, code in zip(family, codes, strict=True) if code != ALL)
                name = (span, whose, frozenset(zip(family, codes, strict=True)) - {(key, ALL) for key in family})
                if name in seen or any(fixed <= keys for keys in said.get((whose, *span), ())):
                    continue
                seen.add(name)
                form = self.form(dict(zip(family, codes, strict=True)), span, whose)
                yield Asked(form, need, "", codes, family, span, whose)

    def _matching(self, family: tuple[str, ...], named: Mapping[str, str]) -> Iterator[Codes]:
        return product(*((named[key],) if key in named else self.leaves_of(key) for key in family))


def _codes(tree: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [code for parts in tree.values() for code in parts]


def _below(tree: Mapping[str, tuple[str, ...]], code: str) -> tuple[str, ...]:
    if code not in tree:
        return (code,)
    return tuple(leaf for part in tree[code] for leaf in _below(tree, part))


def _joined_trees(dimensions: Iterable[Dimension]) -> dict[str, dict[str, tuple[str, ...]]]:
    trees: dict[str, dict[str, tuple[str, ...]]] = {}
    for dimension in dimensions:
        tree = trees.setdefault(dimension.key, {})
        for code, parts in dimension.children.items():
            if code == ALL:
                tree[ALL] = tuple(dict.fromkeys((*tree.get(ALL, ()), *parts)))
            elif tree.setdefault(code, parts) != parts:
                raise Mismatch(dimension.key)
    for key, tree in trees.items():
        codes = _codes(tree)
        if len(set(codes)) != len(codes):
            raise Mismatch(key)
    return trees


def _stretches(releases: Sequence[Published]) -> tuple[Span, ...]:
    """The stretches of time between the dates at which a release begins or ends, those that a release speaks of."""
    cuts = sorted({release.first for release in releases} | {release.last + _ONE_DAY for release in releases})
    return tuple(
        (begin, end - _ONE_DAY)
        for begin, end in pairwise(cuts)
        if any(release.first <= begin and end - _ONE_DAY <= release.last for release in releases)
    )


def _populations(releases: Sequence[Published]) -> tuple[str, ...]:
    named = sorted({release.population for release in releases} - {NETWORK})
    return (*named, OTHERS) if any(release.population == NETWORK for release in releases) else tuple(named)


def _families(sets: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """The crossings that hold every table: the largest sets of dimensions, or all together where they form a circle."""
    distinct = set(sets)
    largest = [one for one in distinct if not any(one < other for other in distinct)]
    if not _is_acyclic(largest):
        largest = [frozenset().union(*largest)]
    return tuple(sorted(tuple(sorted(one)) for one in largest))


def _is_acyclic(sets: Iterable[frozenset[str]]) -> bool:
    """Graham's reduction: take away what stands in one set only, and sets within others, until nothing changes."""
    left = [set(one) for one in sets]
    while True:
        before = [set(one) for one in left]
        for one in left:
            one -= {key for key in one if sum(key in other for other in left) == 1}
        kept: list[set[str]] = []
        for one in sorted(left, key=len, reverse=True):
            if not any(one <= other for other in kept):
                kept.append(one)
        left = [one for one in kept if one]
        if left == before:
            return not left
