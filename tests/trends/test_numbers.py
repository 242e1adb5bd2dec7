"""Per cent and percentage points, and the word before a round number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.trends.actions.loading import DATA
from havn.trends.rules.numbers import Percent, Points, change, share
from havn.trends.rules.phrases import CLOSE, Said, Word, say_count, say_share
from havn.trends.rules.published import read_history
from havn.trends.rules.quarters import Quarter, at_place, between, quarter_named, quarter_of

HISTORY = (DATA / "insafe-quarters.csv").read_text(encoding="utf-8")


def test_two_shares_differ_by_points_and_never_by_per_cent() -> None:
    moved = Percent(16.0) - Percent(13.0)
    assert moved == Points(3.0)
    assert not isinstance(moved, Percent)
    assert Percent(13.0).moved(moved) == Percent(16.0)
    with pytest.raises(TypeError):
        Percent(16.0) + Percent(13.0)  # type: ignore[operator]
    with pytest.raises(TypeError):
        Points(3.0) - Percent(1.0)  # type: ignore[operator]


def test_counts_change_by_per_cent() -> None:
    # The network printed "25 % up" of these two, and "52 percentage points" of a count another time.
    found = change(19_000, 14_925)
    assert found is not None and round(found.value) == 27
    assert change(5, 0) is None
    assert share(3, 0) is None
    assert share(3, 12) == Percent(25.0)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, Said(Word.EXACT, 0)),
        (461, Said(Word.EXACT, 461)),
        (9_000, Said(Word.EXACT, 9_000)),
        (14_925, Said(Word.ALMOST, 15_000)),
        (14_950, Said(Word.JUST_UNDER, 15_000)),
        (19_060, Said(Word.JUST_OVER, 19_000)),
        (19_310, Said(Word.OVER, 19_000)),
        (18_920, Said(Word.JUST_UNDER, 19_000)),
        (18_700, Said(Word.ALMOST, 19_000)),
        (17_460, Said(Word.JUST_UNDER, 17_500)),
        (27_930, Said(Word.JUST_UNDER, 28_000)),
        (1_000_000, Said(Word.EXACT, 1_000_000)),
    ],
)
def test_a_count_is_said_by_the_rule(number: int, said: Said) -> None:
    assert say_count(number) == said


def test_what_is_computed_from_inexact_figures_is_about() -> None:
    assert say_count(19_310, is_exact=False).word is Word.ABOUT
    assert say_share(15.97, is_exact=False) == Said(Word.ABOUT, 16)
    assert say_count(120, is_exact=False) == Said(Word.ABOUT, 120)


@pytest.mark.parametrize(
    ("number", "word", "whole"),
    [(16.0, Word.EXACT, 16), (16.04, Word.EXACT, 16), (16.2, Word.JUST_OVER, 16), (16.4, Word.OVER, 16),
     (15.6, Word.ALMOST, 16), (15.8, Word.JUST_UNDER, 16), (15.5, Word.ALMOST, 16),
     (0.0, Word.EXACT, 0), (0.02, Word.LESS, 1), (0.3, Word.LESS, 1), (0.8, Word.JUST_UNDER, 1),
     (99.7, Word.MORE, 99), (100.0, Word.EXACT, 100)],
)  # fmt: skip
def test_a_share_is_said_in_whole_numbers(number: float, word: Word, whole: int) -> None:
    assert say_share(number) == Said(word, whole)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_word_is_never_on_the_wrong_side(number: int) -> None:
    said = say_count(number)
    assert abs(said.number - number) <= max(0.021 * number, 0)
    match said.word:
        case Word.EXACT:
            assert said.number == number
        case Word.OVER | Word.JUST_OVER:
            assert said.number < number
        case Word.ALMOST | Word.JUST_UNDER:
            assert said.number > number
        case Word.ABOUT:
            pytest.fail("an exact number is never “about”")
    if said.word in (Word.JUST_OVER, Word.JUST_UNDER):
        assert abs(number - said.number) <= CLOSE * number


def test_every_exact_total_of_the_published_history_is_said_truly() -> None:
    exact = [
        (one.quarter, int(one.value))
        for quarter in read_history(HISTORY)
        for one in quarter.figures
        if one.dimension == "total" and one.qualifier == "exact"
    ]
    assert len(exact) == 13
    said = {str(quarter): say_count(total) for quarter, total in exact}
    assert said["2015Q4"] == Said(Word.OVER, 9_200) or said["2015Q4"] == Said(Word.JUST_UNDER, 9_300)
    assert said["2020Q1"] == Said(Word.ALMOST, 15_000) or said["2020Q1"] == Said(Word.JUST_UNDER, 15_000)
    for quarter, total in exact:
        assert abs(said[str(quarter)].number - total) <= 0.02 * total


def test_a_count_below_nought_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below zero"):
        say_count(-1)


def test_the_history_keeps_gaps_words_and_bases() -> None:
    quarters = read_history(HISTORY)
    assert len(quarters) == 30
    by_name = {str(one.quarter): one for one in quarters}
    # Quarters that nobody wrote about are not there at all.
    assert "2018Q1" not in by_name and "2020Q3" not in by_name
    # A quarter with an article and without a total has none.
    assert [one for one in by_name["2016Q2"].figures if one.dimension == "total"] == []
    totals = {
        name: next((one for one in quarter.figures if one.dimension == "total"), None)
        for name, quarter in by_name.items()
    }
    assert (totals["2020Q2"].value, totals["2020Q2"].qualifier) == (Decimal(19000), "over")  # type: ignore[union-attr]
    assert totals["2022Q1"].qualifier == "just under"  # type: ignore[union-attr]
    assert totals["2021Q2"].qualifier == "about" and "67000" in totals["2021Q2"].note  # type: ignore[union-attr]
    assert totals["2016Q1"].basis == "later"  # type: ignore[union-attr]
    assert all(one.source.startswith("https://") for one in quarters)
    children = next(one for one in by_name["2022Q4"].figures if one.code == "child-5-11")
    assert (children.value, children.qualifier, children.note) == (Decimal("7.5"), "about", "under 12")


def test_a_figure_that_is_not_understood_says_where_it_stands() -> None:
    broken = HISTORY.replace("2015Q3,9567,exact", "2015Q3,many,exact")
    with pytest.raises(ValueError, match="2015Q3, total_contacts: 'many'"):
        read_history(broken)


@pytest.mark.parametrize("name", ["2023Q5", "2023q4", "1999Q1", "2200Q1", "", "2023", "2023Q4\n"])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a quarter"):
        quarter_named(name)


@given(st.integers(min_value=2000 * 4, max_value=2199 * 4 + 3))
def test_quarters_stand_in_a_row(place: int) -> None:
    one = at_place(place)
    assert (one.place, quarter_named(str(one)), one.before.after) == (place, one, one)
    assert quarter_of(one.first) == quarter_of(one.last) == one
    assert between(one.year_before, one)[0] == Quarter(one.year - 1, one.number)
