"""Successors, lines and labels, as pure values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.vocabularies.rules.lines import Circular, check_links, follow, label_in, line

RENAMED = {"sextortion": "oscec", "oscec": "osce", "blackmail": "oscec", "gaming": ""}


@pytest.mark.parametrize(
    ("code", "end"),
    [("sextortion", "osce"), ("oscec", "osce"), ("osce", "osce"), ("gaming", "gaming"), ("unknown", "unknown")],
)
def test_successors_are_followed_to_the_newest(code: str, end: str) -> None:
    assert follow(code, RENAMED) == end


def test_a_term_that_names_itself_goes_on_under_its_own_code() -> None:
    assert follow("cyberbullying", {"cyberbullying": "cyberbullying"}) == "cyberbullying"
    assert line("cyberbullying", {"cyberbullying": "cyberbullying"}) == ("cyberbullying",)


def test_a_circle_of_successors_is_refused() -> None:
    with pytest.raises(Circular):
        follow("a", {"a": "b", "b": "c", "c": "a"})
    with pytest.raises(Circular):
        check_links({"x": "", "a": "b", "b": "a"})


@pytest.mark.parametrize("code", ["sextortion", "blackmail", "oscec", "osce"])
def test_a_line_is_the_same_wherever_one_asks_and_goes_from_old_to_new(code: str) -> None:
    assert line(code, RENAMED) == ("blackmail", "sextortion", "oscec", "osce")


def test_a_term_that_was_never_replaced_is_its_own_line() -> None:
    assert line("gaming", RENAMED) == ("gaming",)
    assert line("unknown", RENAMED) == ("unknown",)


@given(st.lists(st.integers(1, 30), min_size=30, max_size=30))
def test_every_code_is_in_exactly_one_line(steps: list[int]) -> None:
    # Each code points further on, so that there is no circle: a forest of any shape.
    successors = {str(at): str(at + step) if at + step < 30 else "" for at, step in enumerate(steps)}
    lines = {line(code, successors) for code in successors}
    members = [code for one in lines for code in one]
    assert sorted(members) == sorted(successors)
    for one in lines:
        assert all(follow(code, successors) == one[-1] for code in one)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("nb", "Spill", "nb"),
        ("nn", "Spill", "nb"),
        ("no", "Spill", "nb"),
        ("da", "Games", "da"),
        ("da-DK", "Games", "da"),
        ("uk", "Gaming", "en"),
    ],
)
def test_a_label_says_which_language_it_really_is_in(language: str, text: str, said: str) -> None:
    label = label_in({"en": "Gaming", "nb": "Spill", "da": "Games"}, language, "gaming")
    assert (label.text, label.language, str(label)) == (text, said, text)


def test_without_any_label_the_code_is_shown() -> None:
    assert label_in({}, "en", "gaming").text == "gaming"
