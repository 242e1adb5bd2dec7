"""The baseline and its judgement, on rows that can be reckoned by hand."""

import math
import random

import pytest

from havn.trends.rules.baseline import Week, fit, residuals
from havn.trends.rules.warning import _season, judge, tail


def test_without_a_trend_a_season_has_its_mean() -> None:
    fitted = fit([Week(-at, at % 2, 4 if at % 2 else 10) for at in range(1, 21)], with_trend=False)
    assert fitted is not None
    assert fitted.mean(0, 1) == pytest.approx(4)
    assert fitted.mean(0, 0) == pytest.approx(10)
    assert fitted.dispersion == 1.0
    assert fitted.uncertainty(0, 0) == pytest.approx(1 / 100)


def test_a_steady_growth_is_found() -> None:
    weeks = [Week(-at, 0, round(400 * math.exp(-0.01 * at))) for at in range(27, 200)]
    fitted = fit(weeks, with_trend=True)
    assert fitted is not None
    assert fitted.slope == pytest.approx(0.01, abs=2e-4)
    assert fitted.mean(0, 0) == pytest.approx(400, rel=0.01)


def test_the_fit_maximises_the_likelihood() -> None:
    dice = random.Random(7)
    weeks = [Week(-at, at % 3, dice.randint(0, 12 + at % 3 * 5)) for at in range(27, 160)]
    fitted = fit(weeks, with_trend=True)
    assert fitted is not None

    def likelihood(slope: float, off: float) -> float:
        means = [math.exp(fitted.levels[week.season] + off + slope * week.time) for week in weeks]
        return sum(week.count * math.log(mean) - mean for week, mean in zip(weeks, means, strict=True))

    best = likelihood(fitted.slope, 0.0)
    for slope, off in ((1e-3, 0), (-1e-3, 0), (0, 0.02), (0, -0.02)):
        assert likelihood(fitted.slope + slope, off) < best


def test_dispersion_is_what_varies_beyond_chance() -> None:
    calm = fit([Week(-at, 0, 9 + at % 3) for at in range(1, 61)], with_trend=False)
    wild = fit([Week(-at, 0, 0 if at % 2 else 20) for at in range(1, 61)], with_trend=False)
    assert calm is not None and wild is not None
    assert calm.dispersion == 1.0
    assert wild.dispersion == pytest.approx(60 * 10 / 59, rel=1e-6)


def test_the_week_of_an_outbreak_stands_out_in_the_residuals() -> None:
    weeks = [Week(-at, 0, 40 if at == 5 else 10) for at in range(1, 41)]
    fitted = fit(weeks, with_trend=False)
    assert fitted is not None
    off = residuals(weeks, fitted)
    assert off[4] > 2.58
    assert max(abs(one) for at, one in enumerate(off) if at != 4) < 1


def test_nothing_to_learn_from_is_no_fit() -> None:
    assert fit([Week(-1, 0, 0), Week(-2, 0, 0)], with_trend=False) is None
    assert fit([Week(-1, 0, 3)], with_trend=False) is None


@pytest.mark.parametrize(("count", "mean"), [(0, 3.0), (1, 3.0), (7, 3.0), (30, 12.5)])
def test_the_tail_of_chance_alone_is_that_of_a_poisson(count: int, mean: float) -> None:
    below = sum(math.exp(-mean) * mean**at / math.factorial(at) for at in range(count))
    assert tail(count, mean, mean) == pytest.approx(1 - below, abs=1e-12)


def test_the_tail_of_a_negative_binomial() -> None:
    # Size 2 and mean 3: the number of misses before the second hit of probability 2/5.
    hit = 2 / 5
    below = sum((at + 1) * hit**2 * (1 - hit) ** at for at in range(6))
    assert tail(6, 3.0, 3.0 + 9 / 2) == pytest.approx(1 - below, abs=1e-12)


def test_the_week_in_question_has_a_season_of_seven_weeks_and_there_are_ten() -> None:
    seasons = [_season(back) for back in range(27, 27 + 261)]
    assert set(seasons) == set(range(10))
    assert all(_season(back) == 0 for back in range(50, 55))
    assert _season(45) != 0 and _season(60) != 0


def test_a_sharp_rise_is_a_signal_by_years_and_by_weeks() -> None:
    dice = random.Random(3)
    years = [round(10 + 4 * math.sin(2 * math.pi * at / 52.18)) + dice.randint(-2, 2) for at in range(260)]
    by_years, by_weeks = judge([*years, 40]), judge([*years[-40:], 40])
    assert by_years is not None and by_years.is_very_unusual and by_years.is_long
    assert by_weeks is not None and by_weeks.is_signal and not by_weeks.is_long


def test_an_ordinary_week_and_a_fall_are_none() -> None:
    for now in (0, 9, 12):
        judged = judge([*[10, 9, 11, 10, 8] * 12, now])
        assert judged is not None and not judged.is_signal


def test_the_season_of_every_year_is_no_signal() -> None:
    row = [round(20 + 12 * math.sin(2 * math.pi * at / 52.18)) for at in range(222)]
    # The last week lies at the height of the season, twice the mean of the year.
    assert row[-1] >= 31
    judged = judge(row)
    assert judged is not None and judged.is_long and not judged.is_signal


def test_a_past_outbreak_does_not_hide_the_next_one() -> None:
    calm = [6, 5, 7, 6, 5, 6, 7, 5] * 6
    without, with_one = judge([*calm, 19]), judge([*calm[:20], 60, *calm[21:], 19])
    assert without is not None and without.is_signal
    assert with_one is not None and with_one.is_signal


def test_too_little_to_judge_by_says_nothing() -> None:
    assert judge([5] * 20) is None
    assert judge([0] * 100 + [4]) is None


def test_a_reason_that_never_was_is_a_signal_when_five_come() -> None:
    judged = judge([0] * 60 + [6])
    assert judged is not None and judged.is_signal
    years = judge([0] * 200 + [6])
    assert years is not None and years.is_signal
