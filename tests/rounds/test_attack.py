"""A member that tries to reckon from "you and the network" what another centre said.

It knows its own numbers, who was published when, which threes are counted at which question, every correction's moment,
and that channels add up to the total. It looks after each step.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy
import pytest
from scipy.optimize import linprog

from havn.rounds.rules.comparing import SMALL, beside, fault_of, rounded, whole_threes

TOTAL, PHONE, CHAT = "total", "channel.phone", "channel.chat"
PATHS = (TOTAL, PHONE, CHAT)
Answers = Mapping[str, int]
Known = tuple[int, int, str]
"""Centre, its revision, and a question."""


@dataclass
class Equations:
    """What the member writes down: sums of unknown numbers with their least and largest value."""

    rows: list[tuple[dict[Known, float], float, float]] = field(default_factory=list)

    def add(self, weights: dict[Known, float], least: float, most: float) -> None:
        self.rows.append((weights, least, most))

    def bounds(self, one: Known) -> tuple[float, float]:
        """Between which numbers this one must lie."""
        unknown = sorted({key for row, _least, _most in self.rows for key in row} | {one})
        at = {key: number for number, key in enumerate(unknown)}
        upper, limits = [], []
        for weights, least, most in self.rows:
            line = numpy.zeros(len(unknown))
            for key, weight in weights.items():
                line[at[key]] += weight
            upper += [line, -line]
            limits += [most, -least]
        found = []
        for sign in (1, -1):
            goal = numpy.zeros(len(unknown))
            goal[at[one]] = sign
            kept = [number for number, limit in enumerate(limits) if numpy.isfinite(limit)]
            answer = linprog(goal, A_ub=numpy.array(upper)[kept], b_ub=numpy.array(limits)[kept], bounds=(0, 1e6))
            assert answer.status == 0, answer.message
            found.append(sign * answer.fun)
        return found[0], found[1]


def answers(dice: random.Random) -> Answers:
    """Mostly alike, sometimes nothing, few or many, and sometimes without a question."""
    size = dice.choice((0, 3, 12, 40, 40, 60, 90, 400))
    phone = dice.randint(0, size)
    given = {TOTAL: size, PHONE: phone, CHAT: size - phone}
    gone = dice.choice(("", "", "", "", "total", "channel"))
    return {path: number for path, number in given.items() if not gone or not path.startswith(gone)}


def moments(dice: random.Random, count: int) -> Iterator[list[tuple[int, int, Answers]]]:
    """Everything published, in order, after each publication and each correction: (centre, revision, answers)."""
    published: list[tuple[int, int, Answers]] = []
    for centre in range(count):
        published.append((centre, 1, answers(dice)))
        yield list(published)
        if dice.random() < 0.3:
            at = dice.randrange(len(published))
            number, revision, _given = published[at]
            published[at] = (number, revision + 1, answers(dice))
            yield list(published)


def before_rounding(shown: float) -> tuple[float, float]:
    """What whole numbers a number that is shown may have been."""
    found = [number for number in range(int(shown * 0.8) - 5, int(shown * 1.2) + 6) if rounded(number) == shown]
    return max(found[0], 0), found[-1]


def written_down(published: list[tuple[int, int, Answers]], own: int, notes: Equations) -> None:
    """What one look at the page gives."""
    revisions = {centre: revision for centre, revision, _given in published}
    for path in PATHS:
        threes = [
            {centre: given[path] for centre, _revision, given in three}
            for three in whole_threes(published, lambda one, path=path: path in one[2])
        ]
        page = beside(threes, own)
        counted = [three for three in threes if not fault_of(three, own)]
        for three in threes:
            fault = fault_of(three, own)
            known = three.get(own, 0)
            rest = {(centre, revisions[centre], path): 1.0 for centre in three if centre != own}
            if fault == "small":
                notes.add(rest, 1, SMALL - 1)
            if not fault:
                for one in rest:
                    notes.add({key: (key == one) - 0.75 for key in rest}, -numpy.inf, 0.75 * known)
        if page.total is not None:
            others = [centre for three in counted for centre in three if centre != own]
            mine = sum(three.get(own, 0) for three in counted)
            least, most = before_rounding(page.total)
            notes.add({(centre, revisions[centre], path): 1.0 for centre in others}, least - mine, most - mine)


@pytest.mark.parametrize("seed", range(10))
def test_no_system_of_equations_gives_another_centres_number(seed: int) -> None:
    dice = random.Random(f"attack {seed}")
    count = dice.choice((6, 7, 9))
    own = dice.randrange(count)
    notes, truth = Equations(), dict[Known, int]()
    for published in moments(dice, count):
        written_down(published, own, notes)
        for centre, revision, given in published:
            if centre != own:
                truth |= {(centre, revision, path): number for path, number in given.items()}
    for centre, revision in {(centre, revision) for centre, revision, _path in truth}:
        if all((centre, revision, path) in truth for path in PATHS):
            parts = {(centre, revision, PHONE): 1.0, (centre, revision, CHAT): 1.0, (centre, revision, TOTAL): -1.0}
            notes.add(parts, 0, 0)
    named = {key for row, _least, _most in notes.rows for key in row} & truth.keys()
    assert named
    for one in named:
        least, most = notes.bounds(one)
        assert least <= truth[one] + 1e-6 and truth[one] <= most + 1e-6
        assert most - least >= 1 - 1e-6 or most < 1e-6, (one, truth[one])


def test_the_attack_finds_what_a_careless_page_would_give() -> None:
    """With one centre more at each look instead of three, each difference is a number."""
    notes = Equations()
    keys = [(centre, 1, TOTAL) for centre in range(4)]
    notes.add(dict.fromkeys(keys[:3], 1.0), 90, 90)
    notes.add(dict.fromkeys(keys, 1.0), 131, 131)
    assert notes.bounds(keys[3]) == pytest.approx((41, 41))


def triples(total: int) -> numpy.ndarray:
    return numpy.array([(a, b, total - a - b) for a in range(total + 1) for b in range(total - a + 1)])


def worlds(first: list[int], second: list[int], own: int) -> numpy.ndarray:
    """Every six numbers that the first look, at one three, and the second, at both, leave possible."""
    before = triples(sum(first))
    if own < 3:
        before = before[before[:, own] == first[own]]
    after = triples(sum(second))
    pairs = numpy.hstack([numpy.repeat(before, len(after), axis=0), numpy.tile(after, (len(before), 1))])
    for columns in (slice(0, 3), slice(3, 6)):
        three = pairs[:, columns]
        total = three.sum(axis=1)
        rest = total - three[:, own] if own < 3 and columns.start == 0 else total
        pairs = pairs[((rest == 0) | (rest >= SMALL)) & (three.max(axis=1) <= 0.75 * total)]
    page = beside([dict(enumerate(first)), dict(enumerate(second, 3))], own)
    ordered = numpy.sort(pairs, axis=1)
    for said, low, high, part in (
        (page.lower, 1, 2, 0.25), (page.middle, 2, 3, 0.5), (page.upper, 3, 4, 0.75)
    ):  # fmt: skip
        exact = ordered[:, low] + part * (ordered[:, high] - ordered[:, low])
        fits = numpy.round(exact / 5) * 5 == said
        pairs, ordered = pairs[fits], ordered[fits]
    return pairs


def threes_that_count(dice: random.Random, largest: int, own: int) -> tuple[list[int], list[int]]:
    while True:
        kinds = ([dice.randint(0, largest)] * 3, [dice.randint(0, largest) for _ in range(3)])
        first, second = list(dice.choice(kinds)), list(dice.choice(kinds))
        faults = fault_of(dict(enumerate(first)), own), fault_of(dict(enumerate(second, 3)), own)
        if not any(faults) and sum(first) and sum(second):
            return first, second


@pytest.mark.parametrize("seed", range(24))
def test_neither_sums_nor_quartiles_leave_only_one_number(seed: int) -> None:
    """Tried by going through every number that could be; `own` is one of the first three, or has not come in yet."""
    dice = random.Random(f"quartiles {seed}")
    own = dice.choice((0, 1, 2, 9))
    first, second = threes_that_count(dice, 12 if own == 9 else 24, own)
    found = worlds(first, second, own)
    assert any((world == [*first, *second]).all() for world in found[: 10**6])
    for centre in range(6):
        if centre != own:
            assert len(numpy.unique(found[:, centre])) > 1, (first, second, own, centre)


def test_quartiles_as_they_are_would_give_a_number() -> None:
    """Why they are rounded: five forties and a nought, of which the first three have 120."""
    exact = [[40, 40, 40], [0, 40, 40]]
    page = beside([dict(enumerate(exact[0])), dict(enumerate(exact[1], 3))], own=9)
    assert (page.lower, page.middle, page.upper, page.total) == (40, 40, 40, 200)
    spread = [[39, 41, 40], [2, 38, 41]]
    assert beside([dict(enumerate(spread[0])), dict(enumerate(spread[1], 3))], own=9) == page


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, 0),
        (2.4, 0),
        (3, 5),
        (47.5, 50),
        (99, 100),
        (104, 100),
        (106, 110),
        (999, 1000),
        (1234.5, 1200),
        (98765, 99000),
    ],
)
def test_what_is_rounded_keeps_its_size(number: float, shown: int) -> None:
    assert rounded(number) == shown


@pytest.mark.parametrize("number", [10**power + off for power in range(2, 7) for off in (0, 1, 49)])
def test_rounding_never_says_more_than_two_places(number: int) -> None:
    assert len(str(rounded(number)).rstrip("0")) <= 2


def test_everybody_at_the_upper_bound_is_not_told() -> None:
    marks = [{1: 5, 2: 5, 3: 5}, {4: 4, 5: 3, 6: 5}]
    assert beside(marks, own=1, least=1, most=5).total is None
    assert beside([{1: 20, 2: 29, 3: 30}], own=1, least=0, most=31).why_not == "small"
    assert beside([{1: 20, 2: 25, 3: 30}], own=1, least=0, most=100).total == 75


@pytest.mark.parametrize("seed", range(5))
def test_an_article_of_one_centre_more_does_not_tell_its_number(seed: int) -> None:
    """The page counts six, an article or a release seven, exactly."""
    dice = random.Random(f"article {seed}")
    numbers = [dice.randint(20, 60) for _ in range(6)] + [dice.choice((0, 3, 11, 40, 400))]
    page = beside([dict(enumerate(numbers[:3])), dict(enumerate(numbers[3:6], 3))], own=0)
    assert page.total is not None
    least, most = before_rounding(page.total)
    notes = Equations()
    keys = [(centre, 1, TOTAL) for centre in range(1, 7)]
    notes.add(dict.fromkeys(keys, 1.0), sum(numbers) - numbers[0], sum(numbers) - numbers[0])
    notes.add(dict.fromkeys(keys[:5], 1.0), least - numbers[0], most - numbers[0])
    low, high = notes.bounds(keys[5])
    assert low <= numbers[6] <= high and (high - low >= 1 or high == 0)
