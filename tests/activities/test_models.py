"""What the database itself refuses."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from havn.activities.models import Evidence, PeriodReport, Reach, Section
from havn.common.clock import now
from havn.tenancy.models import Centre
from tests.activities.factories import make_activity, make_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_on": dt.date(2023, 1, 1)},
        {"kind": "party"},
        {"hours": Decimal(-1)},
        {"cost": Decimal("-0.01")},
    ],
)
def test_an_activity_that_makes_no_sense(centre: Centre, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity(centre, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "estimate", "how": ""},
        {"basis": "platform", "how": ""},
        {"basis": "hearsay"},
        {"group": "everybody"},
        {"measure": "smiles"},
        {"number": 10**12 + 1},
        {"number": -1},
    ],
)
def test_a_number_that_says_not_how_it_is_known(centre: Centre, fields: dict[str, Any]) -> None:
    values = {"group": "parents", "measure": "participants", "number": 5, "basis": "counted", "how": "Tickets"}
    activity = make_activity(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reach.objects.create(activity=activity, **{**values, **fields})
    Reach.objects.create(activity=activity, **values)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"url": "http://plain.example/"},
        {"url": "javascript:alert(1)"},
        {"url": "https://a.example/", "kind": "event", "object_id": 1},
        {"kind": "event"},
        {"object_id": 1},
    ],
)
def test_evidence_that_is_neither_a_link_nor_a_thing(centre: Centre, fields: dict[str, Any]) -> None:
    activity = make_activity(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(activity=activity, label="x", **fields)
    Evidence.objects.create(activity=activity, label="x", url="https://a.example/")
    Evidence.objects.create(activity=activity, label="x", kind="event", object_id=1)


def test_a_report_of_no_time_or_two_of_one_address(centre: Centre) -> None:
    report = make_report(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodReport.objects.filter(pk=report.pk).update(ends_on=dt.date(2020, 1, 1))
    other = make_report(centre)
    assert other.slug != report.slug
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodReport.objects.filter(pk=other.pk).update(slug=report.slug)


def test_published_means_since_when(centre: Centre) -> None:
    report = make_report(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodReport.objects.filter(pk=report.pk).update(state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodReport.objects.filter(pk=report.pk).update(published_at=now())


def test_a_compiled_section_stands_once_in_a_report(centre: Centre) -> None:
    report = make_report(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(report=report, order=9, key="intro", heading="Again")
