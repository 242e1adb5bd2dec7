"""What a week's count should be, out of the weeks before it: a quasi-Poisson regression with seasons and a trend.

The model is that of Noufaily et al. (2013): log mean = season + slope × week. For given slope the seasons have a
closed form (counts of a season over the sum of its trend), so that only the slope is searched for, by Newton's steps
on the profile likelihood. Leverage and the variance of a prediction have closed forms too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

_STEPS, _CLOSE = 25, 1e-8
_STEEPEST = 0.2


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the past: how many weeks from the one in question (below nought), its season, and its count."""

    time: float
    season: int
    count: int
    weight: float = 1.0


@dataclass(frozen=True)
class Fit:
    """A fitted baseline. `dispersion` is how many times the variance exceeds that of chance alone; 1 or more."""

    slope: float
    levels: dict[int, float]
    dispersion: float
    weights: dict[int, float]
    middles: dict[int, float]
    spread: float

    def mean(self, time: float, season: int) -> float:
        """The expected count. Weeks without a season of their own in the past: KeyError."""
        return math.exp(self.levels[season] + self.slope * time)

    def uncertainty(self, time: float, season: int) -> float:
        """The variance of the logarithm of that mean, before dispersion."""
        off = time - self.middles[season]
        return 1 / self.weights[season] + (off * off / self.spread if self.spread > 0 else 0.0)


def fit(weeks: Sequence[Week], *, with_trend: bool) -> Fit | None:
    """Fit the baseline. Seasons that never had a contact are left out; None when nothing is left to learn from."""
    seen = {week.season for week in weeks if week.count}
    kept = [week for week in weeks if week.season in seen]
    free = len(kept) - len(seen) - with_trend
    if not kept or free < 1:
        return None
    slope = _slope(kept) if with_trend else 0.0
    levels, weights, middles, spread = _profile(kept, slope)
    found = Fit(slope, levels, 1.0, weights, middles, spread if with_trend else 0.0)
    excess = sum(
        week.weight * (week.count - mean) ** 2 / mean for week in kept for mean in (found.mean(week.time, week.season),)
    )
    return replace(found, dispersion=max(1.0, excess / free))


def residuals(weeks: Sequence[Week], fitted: Fit) -> list[float]:
    """Standardised Anscombe residuals: how many deviations each week lies from the baseline."""
    found = []
    for week in weeks:
        if week.season not in fitted.levels:
            found.append(0.0)
            continue
        mean = fitted.mean(week.time, week.season)
        raw = 1.5 * (week.count ** (2 / 3) * mean ** (-1 / 6) - mean**0.5)
        leverage = min(0.99, week.weight * mean * fitted.uncertainty(week.time, week.season))
        found.append(raw / math.sqrt(fitted.dispersion * (1 - leverage)))
    return found


def _slope(weeks: Sequence[Week]) -> float:
    """Where the score of the slope is nought. Steps are bounded; an odd series ends at no trend."""
    slope = 0.0
    for _step in range(_STEPS):
        levels, _weights, _middles, spread = _profile(weeks, slope)
        score = sum(
            week.weight * week.time * (week.count - math.exp(levels[week.season] + slope * week.time)) for week in weeks
        )
        if spread <= 0:
            return 0.0
        step = max(-0.02, min(0.02, score / spread))
        slope += step
        if abs(slope) > _STEEPEST:
            return 0.0
        if abs(step) < _CLOSE:
            break
    return slope


def _profile(weeks: Sequence[Week], slope: float) -> tuple[dict[int, float], dict[int, float], dict[int, float], float]:
    """Per season: its level, the sum of its fitted means, their middle in time; and the information on the slope."""
    counts: dict[int, float] = {}
    trends: dict[int, list[float]] = {}
    for week in weeks:
        grown = week.weight * math.exp(slope * week.time)
        counts[week.season] = counts.get(week.season, 0.0) + week.weight * week.count
        sums = trends.setdefault(week.season, [0.0, 0.0, 0.0])
        sums[0] += grown
        sums[1] += grown * week.time
        sums[2] += grown * week.time * week.time
    levels = {season: math.log(counts[season] / sums[0]) for season, sums in trends.items()}
    middles = {season: sums[1] / sums[0] for season, sums in trends.items()}
    spread = sum(counts[season] * (sums[2] / sums[0] - (sums[1] / sums[0]) ** 2) for season, sums in trends.items())
    return levels, dict(counts), middles, spread
