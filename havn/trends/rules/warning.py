"""Early warning: is this week's count of a reason more than chance explains?

The method is the Farrington algorithm as improved by Noufaily et al.:

  Farrington, Andrews, Beale, Catchpole (1996), A statistical algorithm for the early detection of outbreaks of
  infectious disease, J. R. Statist. Soc. A 159, 547-563.
  Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett (2013), An improved algorithm for outbreak detection in
  multiple surveillance systems, Statistics in Medicine 32, 1206-1222, doi:10.1002/sim.5595.

From them: up to five years of weeks, the last 26 left out so that a slow rise does not hide itself; ten seasons, one of
them seven weeks around the week in question; a trend; past outbreaks weighted down where they lie more than 2.58
deviations off; a negative binomial quantile; no signal below five contacts in four weeks.

Ours: the uncertainty of the baseline is added to the variance of the negative binomial, which Noufaily's plug-in
leaves out (it matters where a helpline has few years); and a helpline with less than two and a half years is compared
with its last weeks alone, the last two left out, without seasons and trend, as EARS C2 does (Hutwagner et al. 2003,
J. Urban Health 80, i89-i96). That one takes steady growth for something new now and then.

The false-alarm rate of both is measured in tests/trends/test_warning_rate.py, with seasons and with growth, and held to
`MEASURED` and `MEASURED_GROWING`: those are what readers are told, and not the nominal `ALPHA`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from havn.trends.rules.baseline import Fit, Week, fit, residuals

ALPHA, VERY = 0.005, 0.0005
MEASURED, MEASURED_GROWING = 0.015, 0.05
YEARS, GAP, HALF_WINDOW, SEASONS = 5, 26, 3, 10
LONG = 130
SHORT_GAP, SHORT_MOST, SHORT_LEAST = 2, 52, 20
FAR = 2.58
LEAST_CONTACTS, LEAST_WEEKS = 5, 4
_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Judged:
    """A week's count against its baseline. `chance`: how probable so many or more are when nothing has changed."""

    count: int
    expected: float
    chance: float
    is_long: bool

    @property
    def is_signal(self) -> bool:
        return self.chance < ALPHA and self.count > self.expected

    @property
    def is_very_unusual(self) -> bool:
        return self.is_signal and self.chance < VERY


def judge(counts: Sequence[int]) -> Judged | None:
    """Judge the last of a row of weekly counts, oldest first, without gaps (a week without contacts is 0).

    None where there is too little to judge by: fewer than 22 weeks before it, or fewer than five contacts in the last
    four weeks.
    """
    now, before = counts[-1], counts[:-1]
    if len(before) < SHORT_LEAST + SHORT_GAP or sum(counts[-LEAST_WEEKS:]) < LEAST_CONTACTS:
        return None
    fitted = _by_years(before) if len(before) >= LONG else None
    is_long = fitted is not None
    if fitted is None:
        weeks = _short(before)
        fitted = _without_outbreaks(weeks, with_trend=False)
        if fitted is None:
            return _never_before(now, len(weeks))
    mean = fitted.mean(0, 0)
    variance = fitted.dispersion * mean * (1 + mean * fitted.uncertainty(0, 0))
    return Judged(now, mean, tail(now, mean, variance), is_long)


def _by_years(before: Sequence[int]) -> Fit | None:
    """The baseline with seasons and trend; None where this season never had a contact."""
    weeks = _long(before)
    fitted = _without_outbreaks(weeks, with_trend=True)
    if fitted is not None and 0 in fitted.levels and fitted.mean(0, 0) > max(week.count for week in weeks):
        # A trend must not promise more than ever was (Farrington 1996, section 3.3).
        fitted = _without_outbreaks(weeks, with_trend=False)
    return fitted if fitted is not None and 0 in fitted.levels else None


def _never_before(now: int, weeks: int) -> Judged:
    """A reason without a contact in the weeks compared: what Jeffreys' prior makes of so many empty ones."""
    mean = 0.5 / weeks
    return Judged(now, mean, tail(now, mean, mean * (1 + 1 / weeks)), is_long=False)


def _long(before: Sequence[int]) -> list[Week]:
    """Five years of weeks without the last 26, with their seasons."""
    most = min(len(before), round(YEARS * _YEAR) + HALF_WINDOW)
    return [Week(float(-back), _season(back), before[-back]) for back in range(most, GAP, -1)]


def _season(back: int) -> int:
    """0 within three weeks of the same week of a year; else one of nine about equal stretches of the year."""
    off = (back + HALF_WINDOW) % _YEAR
    window = 2 * HALF_WINDOW + 1
    if off < window:
        return 0
    return 1 + min(SEASONS - 2, int((off - window) / ((_YEAR - window) / (SEASONS - 1))))


def _short(before: Sequence[int]) -> list[Week]:
    """The last weeks without the two nearest."""
    most = min(len(before), SHORT_MOST + SHORT_GAP)
    return [Week(float(-back), 0, before[-back]) for back in range(most, SHORT_GAP, -1)]


def _without_outbreaks(weeks: Sequence[Week], *, with_trend: bool) -> Fit | None:
    """Fit, weigh down what lies far above, and fit again."""
    first = fit(weeks, with_trend=with_trend)
    if first is None:
        return None
    off = residuals(weeks, first)
    raw = [one**-2 if one > FAR else 1.0 for one in off]
    scale = len(raw) / sum(raw)
    if all(one == 1.0 for one in raw):
        return first
    weighed = [replace(week, weight=scale * one) for week, one in zip(weeks, raw, strict=True)]
    return fit(weighed, with_trend=with_trend)


def tail(count: int, mean: float, variance: float) -> float:
    """P(X >= count) of a negative binomial with this mean and variance; of a Poisson where it is no wider."""
    if count <= 0:
        return 1.0
    if variance <= mean * 1.0001:
        logs = [at * math.log(mean) - mean - math.lgamma(at + 1) for at in range(count)]
    else:
        size = mean * mean / (variance - mean)
        success = size / (size + mean)
        logs = [
            math.lgamma(at + size) - math.lgamma(size) - math.lgamma(at + 1)
            + size * math.log(success) + at * math.log1p(-success)
            for at in range(count)
        ]  # fmt: skip
    return max(0.0, 1.0 - math.fsum(math.exp(one) for one in logs))
