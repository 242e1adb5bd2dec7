"""Numbers in a text, and whether they are still the computed ones."""

import pytest

from havn.trends.rules.bound import Bound, left_out, not_computed, numbers_in

BOUND = [Bound("over 19,000", "the sum"), Bound("16 per cent", "a share"), Bound("Teens 12–18", "a name")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("over 19,000 contacts.", ["19,000"]),
        ("over 19.000 henvendelser", ["19.000"]),
        ("19\u00a0000 or 19\u202f000 or 19 000", ["19\u00a0000"] * 3),
        ("by 2.1 percentage points, or 2,1", ["2.1", "2,1"]),
        ("from 12–18 and 5-11", ["12", "18", "5", "11"]),
        ("in 2026. Then 3", ["2026", "3"]),
        ("none", []),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


def test_the_computed_text_has_nothing_to_flag() -> None:
    assert not_computed("Over 19,000 contacts, 16 per cent of them from teens 12–18.", BOUND) == []


def test_a_changed_number_is_flagged_and_the_missing_one_named() -> None:
    text = "Over 20,000 contacts, 16 per cent of them from teens 12–18."
    assert not_computed(text, BOUND) == ["20,000"]
    assert left_out(text, BOUND) == [BOUND[0]]


def test_words_alone_may_be_edited() -> None:
    assert not_computed("Teens between 12 and 18 wrote most: 16 per cent.", BOUND) == []


def test_a_computed_number_may_be_said_twice() -> None:
    assert not_computed("16 per cent. Yes, 16 per cent.", BOUND) == []
