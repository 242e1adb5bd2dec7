"""When a letter is tried again."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from havn.mail import rules


def test_the_wait_doubles_up_to_an_hour() -> None:
    minutes = [rules.wait_after(tries).total_seconds() / 60 for tries in range(1, 9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


@given(st.integers(min_value=0, max_value=10_000))
def test_no_number_of_tries_waits_longer_than_an_hour(tries: int) -> None:
    assert dt.timedelta(minutes=1) <= rules.wait_after(tries) <= dt.timedelta(hours=1)


@given(st.text())
def test_a_header_is_one_line(text: str) -> None:
    if rules.is_header(text):
        assert text.splitlines() == [text]
        assert not set(text) & {"\r", "\n", "\x00"}


def test_only_answers_that_begin_with_five_are_final() -> None:
    assert rules.refused_for_good([550])
    assert not rules.refused_for_good([550, 451])
    assert not rules.refused_for_good([])
