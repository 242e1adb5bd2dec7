"""A long computation tells how far it is, seldom enough, and ends in order when its process is asked to."""

import pytest

from havn.tasks.api import Stopped, telling
from havn.tasks.running import ask_to_stop


def test_whole_per_cents_are_told_a_step_apart() -> None:
    told: list[int] = []
    progress = telling(told.append, step=5)
    for part in range(1001):
        progress(part / 1000)
    assert told == list(range(5, 101, 5))


def test_it_stops_when_the_process_is_asked_to_end() -> None:
    progress = telling(lambda percent: None)
    ask_to_stop()
    try:
        with pytest.raises(Stopped):
            progress(0.5)
    finally:
        ask_to_stop(False)
