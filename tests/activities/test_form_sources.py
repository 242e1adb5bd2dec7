"""How many children and adults took part, for forms: of people told apart, in one way of knowing."""

import datetime as dt

import pytest

from havn.rounds.sources import found_for
from havn.statistics.rules.periods import Kind, period_of
from tests.activities.factories import make_activity
from tests.tenancy.factories import make_centre

QUARTER = period_of(Kind.QUARTER, dt.date(2026, 2, 1))


@pytest.mark.django_db
def test_children_and_adults_are_told_apart_and_each_in_one_way_of_knowing() -> None:
    centre = make_centre()
    make_activity(
        centre, ("children-6-9", "participants", 20, "estimate"), ("youth-panel", "participants", 4, "estimate"),
        ("parents", "participants", 7, "counted"), ("teachers", "participants", 90, "estimate"),
        ("mixed", "participants", 500, "counted"), ("children", "views", 9000, "counted"), day=dt.date(2026, 2, 3),
    )  # fmt: skip
    found = found_for(centre, QUARTER, ["activities.children", "activities.adults"])
    assert (found["activities.children"].value, found["activities.children"].basis) == (
        {"children-6-9": {"participants": 20}, "youth-panel": {"participants": 4}}, "estimate",
    )  # fmt: skip
    assert (found["activities.adults"].value, found["activities.adults"].basis) == (
        {"parents": {"participants": 7}}, "counted",
    )  # fmt: skip
    assert "not added" in found["activities.adults"].said
