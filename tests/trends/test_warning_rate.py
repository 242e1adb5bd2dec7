"""How often chance alone makes a signal, and how often a real rise does: measured with dice that are always the same.

The rate is stated with its 95 % interval (Wilson 1927) and held to what readers are told, so that a change of the rule
that makes more false alarms is noticed. Nominal is one in 200 weeks of a reason; a helpline that grows has more.
"""

import math
import random
from collections.abc import Callable
from functools import cache

import pytest

from havn.trends.rules.warning import ALPHA, MEASURED, MEASURED_GROWING, judge

RUNS = 700
# Mean a week, weeks of history, how many times more than chance it varies. All have a season of a quarter up and down,
# short rows too.
QUIET = [(10, 60, 1.0), (10, 60, 2.0), (50, 60, 2.0), (3, 60, 1.0), (50, 120, 1.0), (10, 200, 1.0), (50, 200, 2.0)]
# The same of helplines that grow by three tenths a year.
GROWTH = 0.3
GROWING = [(10, 60, 1.0), (50, 60, 1.0), (50, 60, 2.0), (10, 120, 2.0), (50, 200, 2.0)]


def drawn(dice: random.Random, mean: float, dispersion: float) -> int:
    """A count with this mean and a variance of dispersion times it."""
    rate = mean if dispersion <= 1 else dice.gammavariate(mean / (dispersion - 1), dispersion - 1)
    edge, product, count = math.exp(-min(rate, 700)), dice.random(), 0
    while product > edge:
        product *= dice.random()
        count += 1
    return count


def interval(hits: int, runs: int) -> tuple[float, float]:
    """Wilson's interval of a rate, 95 %."""
    z, rate = 1.96, hits / runs
    middle = (rate + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z * math.sqrt(rate * (1 - rate) / runs + z * z / (4 * runs * runs)) / (1 + z * z / runs)
    return max(0.0, middle - half), middle + half


@cache
def rate_of(
    mean: float, weeks: int, dispersion: float, *, rise: float = 1.0, growth: float = 0.0, runs: int = RUNS
) -> tuple[int, int]:
    """Signals and judged weeks. Mean and season as a helpline has them; the last week's is `rise` times as high."""
    dice = random.Random(f"{mean}/{weeks}/{dispersion}/{rise}/{growth}")
    hits = judged = 0
    for _run in range(runs):
        phase = dice.random() * 52.18
        level = [
            mean * (1 + 0.25 * math.sin(2 * math.pi * (at + phase) / 52.18)) * (1 + growth) ** ((at - weeks) / 52.18)
            for at in range(weeks + 1)
        ]
        row = [drawn(dice, one, dispersion) for one in level[:-1]]
        row.append(drawn(dice, level[-1] * rise, dispersion))
        found = judge(row)
        if found is not None:
            judged += 1
            hits += found.is_signal
    return hits, judged


@pytest.mark.parametrize(
    ("case", "growth", "told"),
    [(one, 0.0, MEASURED) for one in QUIET] + [(one, GROWTH, MEASURED_GROWING) for one in GROWING],
)
def test_chance_alone_makes_no_more_signals_than_readers_are_told(
    case: tuple[float, int, float], growth: float, told: float, record_property: Callable[[str, str], None]
) -> None:
    hits, judged = rate_of(*case, growth=growth)
    low, high = interval(hits, judged)
    record_property("false alarms", f"{hits / judged:.4f}, 95 % interval {low:.4f} to {high:.4f}")
    assert judged > 0.8 * RUNS
    assert hits / judged <= told, f"{hits} of {judged}: between {low:.4f} and {high:.4f}, told {told}"


def test_over_all_quiet_helplines_the_rate_is_near_nominal() -> None:
    found = [rate_of(*case) for case in QUIET]
    hits, judged = sum(one for one, _many in found), sum(many for _one, many in found)
    low, high = interval(hits, judged)
    assert low < 0.008 and high < 0.012, f"{hits} of {judged}: between {low:.4f} and {high:.4f}, nominal {ALPHA}"
    assert high > 0.001, "a rule that never speaks would pass every test above"


def test_growth_makes_more_signals_than_chance() -> None:
    """The weakness is real and told: were it gone, what readers are told would be too much."""
    hits, judged = rate_of(50, 60, 1.0, growth=GROWTH)
    assert interval(hits, judged)[0] > MEASURED


# Weeks at the low end of a season hide a rise from the short baseline, which knows no seasons.
@pytest.mark.parametrize(
    ("mean", "weeks", "rise", "least"),
    [(10, 60, 2.5, 0.55), (50, 60, 1.6, 0.35), (50, 60, 2.0, 0.7), (10, 200, 2.5, 0.8)],
)
def test_a_real_rise_is_found(mean: float, weeks: int, rise: float, least: float) -> None:
    hits, judged = rate_of(mean, weeks, 1.0, rise=rise, runs=150)
    assert hits / judged >= least
