"""Figures of a centre's own records, as the apps that have them tell."""

import datetime as dt

import pytest

from havn.forms import api as forms
from havn.rounds.sources import found_for, source_keys
from havn.statistics.rules.periods import Kind, period_of
from havn.tenancy.models import Centre
from tests.activities.factories import make_activity
from tests.helpline.figures import contact, contacts, helpline
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
QUARTER = period_of(Kind.QUARTER, dt.date(2026, 2, 1))
KEYS = [
    "helpline.offered", "helpline.online", "helpline.offline", "helpline.channel", "helpline.reason", "helpline.age",
    "helpline.gender", "helpline.person", "helpline.place",
]  # fmt: skip


def test_the_helplines_quarter_comes_out_of_its_counts() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "grooming", "gaming")
    contact(service, "2026-02-11", "gaming", channel="mail")
    contacts(2, service, "2026-02-10", "gaming", online=False, place="", platform="")
    contact(service, "2026-04-01", "gaming")
    centre = service.organisation.centre
    found = found_for(centre, QUARTER, KEYS)
    assert (found["helpline.offered"].value, found["helpline.online"].value, found["helpline.offline"].value) == (
        6,
        4,
        2,
    )
    assert found["helpline.channel"].value == {"chat": {"contacts": 3}, "e-mail": {"contacts": 1}}
    reasons = found["helpline.reason"].value
    assert isinstance(reasons, dict)
    assert (reasons["grooming"], reasons["gaming"], reasons["suicide"]) == (
        {"contacts": 3}, {"contacts": 1}, {"contacts": 0}
    )  # fmt: skip
    for key in ("helpline.age", "helpline.gender", "helpline.person", "helpline.place", "helpline.reason"):
        table = found[key].value
        assert isinstance(table, dict) and sum(row["contacts"] for row in table.values()) == 4, key
    said = found["helpline.online"].said
    assert service.name in said and "1 January 2026 to 31 March 2026" in said
    assert "/desk/figures?" in found["helpline.online"].url


def test_a_year_with_two_lists_of_reasons_is_told_under_the_terms_that_took_over() -> None:
    service = helpline()
    contacts(2, service, "2023-03-31", "sextortion")
    contacts(5, service, "2023-04-01", "oscec")
    year = period_of(Kind.YEAR, dt.date(2023, 4, 1))
    table = found_for(service.organisation.centre, year, ["helpline.reason"])["helpline.reason"].value
    assert isinstance(table, dict)
    assert table["oscec"] == {"contacts": 7} and "sextortion" not in table


def test_one_row_of_a_table_may_be_asked_for_alone() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "grooming")
    found = found_for(service.organisation.centre, QUARTER, ["helpline.channel.chat", "helpline.channel.phone", "a.b"])
    assert {key: one.value for key, one in found.items()} == {"helpline.channel.chat": 3, "helpline.channel.phone": 0}


def test_a_centre_without_records_is_offered_nothing_and_never_another_ones() -> None:
    service = helpline()
    contacts(3, service, "2026-02-10", "grooming")
    other = make_centre(host=None)
    assert found_for(other, QUARTER, source_keys()) == {}


def test_the_activity_log_tells_each_measure_in_one_way_of_knowing(centre: Centre) -> None:
    make_activity(
        centre, ("teachers", "participants", 12, "counted"), ("parents", "participants", 80, "estimate"),
        ("public", "views", 500, "platform"), day=dt.date(2026, 2, 3),
    )  # fmt: skip
    make_activity(centre, ("teachers", "participants", 5, "counted"), day=dt.date(2026, 3, 3), kind="campaign")
    make_activity(centre, ("teachers", "participants", 99, "counted"), day=dt.date(2026, 4, 1))
    found = found_for(
        centre, QUARTER, ["activities.kinds", "activities.participants", "activities.participants.teachers",
                          "activities.views", "activities.copies"],
    )  # fmt: skip
    assert found["activities.kinds"].value == {"training": {"activities": 1}, "campaign": {"activities": 1}}
    assert found["activities.participants"].value == {"teachers": {"participants": 17}}
    assert "not added" in found["activities.participants"].said
    assert found["activities.participants.teachers"].value == 17
    assert (found["activities.views"].value, found["activities.views"].basis) == (
        {"public": {"views": 500}},
        "platform",
    )
    assert "activities.copies" not in found


@pytest.fixture
def centre() -> Centre:
    return make_centre()


def test_every_source_that_a_shipped_form_names_is_known() -> None:
    known = set(source_keys())
    named = {
        question.source
        for _kind, definition in forms.shipped()
        for question in forms.parse(definition).questions.values()
        if question.source
    }
    assert {"helpline.online", "activities.kinds", "events.held", "awareness.resources_new"} <= named
    assert [key for key in sorted(named) if key not in known and key.rpartition(".")[0] not in known] == []
