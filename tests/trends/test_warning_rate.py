"""How often chance alone makes a signal, and how often a real rise does: measured with dice that are always the same.

The rate is stated with its 95 % interval (Wilson 1927) and held to a bound, so that a change of the rule that makes
more false alarms is noticed. Nominal is one in 200 weeks of a reason.
"""

import math
import random

import pytest

from havn.trends.rules.warning import ALPHA, judge

RUNS = 700
# Mean a week, weeks of history, how many times more than chance it varies, and the bound of the false-alarm rate.
QUIET = [
    (10, 60, 1.0, 0.012),
    (10, 60, 2.0, 0.018),
    (50, 60, 2.0, 0.018),
    (3, 60, 1.0, 0.012),
    (10, 200, 1.0, 0.012),
    (50, 200, 2.0, 0.018),
]


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


def rate_of(mean: float, weeks: int, dispersion: float, rise: float, runs: int) -> tuple[int, int]:
    """Signals and judged weeks. Mean and season as a helpline has them; the last week's is `rise` times as high."""
    dice = random.Random(f"{mean}/{weeks}/{dispersion}/{rise}")
    hits = judged = 0
    for _run in range(runs):
        phase = dice.random() * 52.18
        season = [1 + 0.25 * (weeks > 130) * math.sin(2 * math.pi * (at + phase) / 52.18) for at in range(weeks + 1)]
        row = [drawn(dice, mean * one, dispersion) for one in season[:-1]]
        row.append(drawn(dice, mean * season[-1] * rise, dispersion))
        found = judge(row)
        if found is not None:
            judged += 1
            hits += found.is_signal
    return hits, judged


@pytest.mark.parametrize(("mean", "weeks", "dispersion", "bound"), QUIET)
def test_chance_alone_seldom_makes_a_signal(
    mean: float, weeks: int, dispersion: float, bound: float, record_property: pytest.FixtureRequest
) -> None:
    hits, judged = rate_of(mean, weeks, dispersion, 1.0, RUNS)
    low, high = interval(hits, judged)
    record_property("false alarms", f"{hits / judged:.4f}, 95 % interval {low:.4f} to {high:.4f}")  # type: ignore[operator]
    assert judged > 0.8 * RUNS
    assert hits / judged <= bound, f"{hits} of {judged}: between {low:.4f} and {high:.4f}, nominal {ALPHA}"
    assert low <= 2 * ALPHA


def test_over_all_quiet_helplines_the_rate_is_near_nominal() -> None:
    found = [rate_of(mean, weeks, dispersion, 1.0, RUNS) for mean, weeks, dispersion, _bound in QUIET]
    hits, judged = sum(one for one, _many in found), sum(many for _one, many in found)
    low, high = interval(hits, judged)
    assert low < 0.008 and high < 0.012, f"{hits} of {judged}: between {low:.4f} and {high:.4f}"
    assert high > 0.001, "a rule that never speaks would pass every test above"


@pytest.mark.parametrize(
    ("mean", "weeks", "rise", "least"), [(10, 60, 2.5, 0.7), (50, 60, 1.6, 0.7), (10, 200, 2.5, 0.8)]
)
def test_a_real_rise_is_mostly_found(mean: float, weeks: int, rise: float, least: float) -> None:
    hits, judged = rate_of(mean, weeks, 1.0, rise, 150)
    assert hits / judged >= least
