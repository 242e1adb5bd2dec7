"""What readers learn from a quarter that is published a second time."""

from typing import Any

import pytest

from havn.trends.rules.corrections import PUBLISHED, came_or_went, left_out_before, too_near, with_published


def frozen(total: int | None, known: int | None, *, reported: str = "ABCD", **codes: int | None) -> dict[str, Any]:
    """Figures with one list, of helplines with these letters."""
    return {"total": total, "parts": {"reason": {"codes": codes, "known": known}}, "reported": list(reported)}


def again(now: dict[str, Any], *before: dict[str, Any]) -> dict[str, Any]:
    return {**now, PUBLISHED: list(before)}


def test_what_was_never_published_may_be_anything() -> None:
    assert too_near(frozen(100, 100, a=60, b=40)) == []


@pytest.mark.parametrize(
    ("now", "near"),
    [
        (frozen(100, 100, a=60, b=40), []),
        (frozen(103, 103, a=63, b=40), [("reason", "a"), ("reason", "known"), ("total", "all")]),
        (frozen(105, 105, a=65, b=40), []),
        (frozen(100, 100, a=56, b=44), [("reason", "a"), ("reason", "b")]),
        (frozen(110, None, a=70, b=None), []),
        (frozen(99, None, a=None, b=None), [("total", "all")]),
    ],
)
def test_a_difference_of_one_to_four_is_too_near(now: dict[str, Any], near: list[tuple[str, str]]) -> None:
    assert too_near(again(now, frozen(100, 100, a=60, b=40))) == near


def test_every_earlier_publication_counts() -> None:
    first, second = frozen(100, 100, a=60, b=40), frozen(120, 120, a=80, b=40)
    assert too_near(again(frozen(102, 102, a=62, b=40), first, second)) != []


def test_what_was_left_out_once_is_known_and_the_same_numbers_are_kept_once() -> None:
    first = frozen(100, 100, a=None, b=None)
    figures = again(frozen(130, 130, a=60, b=70), first)
    assert left_out_before(figures) == {"reason": {"a", "b"}}
    assert len(with_published(figures)) == 2
    assert len(with_published(again(first, first))) == 1


@pytest.mark.parametrize(
    ("reported", "told"), [("ABCD", []), ("ABCDE", ["E"]), ("ABC", ["D"]), ("ABCE", ["D", "E"]), ("ABCDEFG", [])]
)
def test_one_or_two_helplines_that_came_or_went_would_be_told(reported: str, told: list[str]) -> None:
    assert came_or_went(again(frozen(500, 500, a=500, reported=reported), frozen(100, 100, a=100))) == told
