"""Numbers in a text, and whether they are still the computed ones."""

import pytest

from havn.trends.rules.bound import Bound, left_out, not_computed, numbers_in

BOUND = [Bound("over 19,000", "the sum"), Bound("16 per cent", "a share"), Bound("Teens 12–18", "a name", is_name=True)]


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


def test_a_number_that_is_said_again_is_flagged() -> None:
    assert not_computed("16 per cent. Yes, 16 per cent.", BOUND) == ["16"]


@pytest.mark.parametrize("text", ["Almost 19,000.", "19,000.", "Just over 19,000.", "Over 19,000,000."])
def test_another_word_or_a_longer_number_is_flagged(text: str) -> None:
    assert len(not_computed(text, BOUND, words=["almost", "over", "just over", "just"])) == 1


def test_a_word_before_an_exact_number_is_flagged() -> None:
    words = ["almost", "over"]
    assert not_computed("Almost 16 per cent.", BOUND, words=words) == ["16"]
    assert not_computed("In all 16 per cent.", BOUND, words=words) == []


def test_points_are_not_per_cent() -> None:
    assert not_computed("16 percentage points", BOUND) == ["16"]
    assert not_computed("16 prosentpoeng", [Bound("16 prosent", "")]) == ["16"]


SHARES = [
    Bound("40 per cent", "", of="E-crime"), Bound("E-crime", "", is_name=True),
    Bound("almost 20 per cent", "", of="Bullying"), Bound("Bullying", "", is_name=True),
]  # fmt: skip


def test_shares_at_each_others_names_are_flagged() -> None:
    assert not_computed("e-crime (40 per cent) and bullying (almost 20 per cent)", SHARES) == []
    assert not_computed("bullying had almost 20 per cent, e-crime 40 per cent", SHARES) == []
    swapped = not_computed("e-crime (almost 20 per cent) and bullying (40 per cent)", SHARES)
    assert swapped == ["40 per cent", "almost 20 per cent"]
    assert not_computed("E-crime: 40 per cent.", SHARES) == []
