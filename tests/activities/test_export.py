"""The log as a table: complete, and harmless in a spreadsheet."""

import csv
import datetime as dt
import io

import pytest

from havn.activities.models import Evidence
from havn.audit.models import Entry
from havn.tenancy.models import Centre
from tests.activities.factories import client_of, make_activity
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def rows(centre: Centre, query: str = "") -> list[dict[str, str]]:
    response = client_of(centre).get(f"/en/desk/activities.csv{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="activities.csv"'
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_a_line_for_each_number_and_effort_once(centre: Centre) -> None:
    first = make_activity(
        centre, ("parents", "participants", 40, "counted"), ("public", "views", 1200, "platform"),
        hours="2.5", cost="10", topics=["cyberbullying"], countries=["NO"],
    )  # fmt: skip
    Evidence.objects.create(activity=first, label="Programme", url="https://files.example/p")
    make_activity(centre, day=dt.date(2023, 5, 1), title="Without numbers")
    found = rows(centre)
    assert [(one["Who"], one["How many"], one["Hours"], one["Euro"]) for one in found] == [
        ("Parents and carers", "40", "2.50", "10.00"), ("General public", "1200", "", ""), ("", "", "", ""),
    ]  # fmt: skip
    assert (found[0]["Evidence"], found[1]["Evidence"]) == ("Programme https://files.example/p", "")
    assert (found[0]["Topics"], found[0]["Countries"]) == ("cyberbullying", "Norway")
    assert found[1]["How it was counted"] == "As the platform says"
    assert Entry.objects.filter(action="activities.exported").count() == 1


def test_no_cell_is_a_formula(centre: Centre) -> None:
    for sign in "=+-@\t\r":
        make_activity(centre, title=f"{sign}=1", text=f"{sign}+1", place=f"{sign}-2", region=f"{sign}@3")
    found = rows(centre)
    assert len(found) == 6
    for one in found:
        for name in ("Title", "What was done", "Place", "Region"):
            assert one[name].startswith("'"), one


def test_only_what_is_asked_for_and_nothing_of_another_centre(centre: Centre) -> None:
    make_activity(centre, title="Before", day=dt.date(2022, 3, 31))
    make_activity(centre, title="Within", day=dt.date(2022, 4, 1))
    make_activity(make_centre(host="other.example"), title="Elsewhere", day=dt.date(2022, 4, 1))
    assert [one["Title"] for one in rows(centre, "?first=2022-04-01&last=2024-03-31")] == ["Within"]
