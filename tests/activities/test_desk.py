"""The log on the desk: what is asked for, and totals that add only what may be added."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from havn.activities.api import all_effort, effort, summed, totals
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation
from tests.activities.factories import FIRST, LAST, client_of, make_activity
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/en/desk/activities{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def totals_of(html: str) -> list[list[str]]:
    """The cells of the table of totals, as text."""
    section = html.split('id="totals"')[1].split("</section>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", section)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_totals_keep_measures_and_bases_apart(centre: Centre) -> None:
    make_activity(centre, ("parents", "participants", 40, "counted"), ("parents", "participants", 100, "estimate"))
    make_activity(centre, ("parents", "participants", 2, "counted"), ("parents", "views", 1200, "platform"))
    assert totals_of(page(client_of(centre))) == [
        ["Who", "Of what", "Counted", "Platform statistic", "Estimate"],
        ["Parents and carers", "participants", "42", "", "100"],
        ["Parents and carers", "views", "", "1,200", ""],
    ]


def test_an_activity_lies_in_the_period_in_which_it_began(centre: Centre) -> None:
    make_activity(centre, title="The day before", day=FIRST - DAY, ends_on=FIRST)
    make_activity(centre, title="The first day", day=FIRST)
    make_activity(centre, title="The last day", day=LAST, ends_on=LAST + DAY)
    make_activity(centre, title="The day after", day=LAST + DAY)
    html = page(client_of(centre), f"?first={FIRST}&last={LAST}")
    assert "The first day" in html and "The last day" in html
    assert "The day before" not in html and "The day after" not in html


def test_narrowed_by_kind_and_organisation(centre: Centre) -> None:
    ours, other = make_organisation(centre), make_organisation(centre)
    make_activity(centre, ("public", "views", 5, "platform"), kind="campaign", organisation=ours, title="Our campaign")
    make_activity(
        centre, ("public", "views", 7, "platform"), kind="campaign", organisation=other, title="Their campaign"
    )
    make_activity(centre, ("public", "views", 9, "platform"), organisation=other, title="Their training")
    html = page(client_of(centre), f"?kind=campaign&organisation={other.pk}")
    assert "Their campaign" in html and "Our campaign" not in html and "Their training" not in html
    assert totals_of(html)[1] == ["General public", "views", "", "7", ""]


@pytest.mark.parametrize("query", ["?first=soon", "?kind=party", "?organisation=99999999999999999999", "?page=x"])
def test_what_cannot_be_read_asks_for_nothing(centre: Centre, query: str) -> None:
    make_activity(centre, title="Still here")
    assert "Still here" in page(client_of(centre), query)


def test_totals_are_of_all_pages(centre: Centre) -> None:
    for _number in range(51):
        make_activity(centre, ("public", "copies", 2, "counted"))
    client = client_of(centre)
    first, second = page(client, "?kind=training"), page(client, "?kind=training&page=2")
    assert totals_of(first) == totals_of(second)
    assert totals_of(first)[1][2] == "102"
    assert "kind=training&amp;page=2" in first
    assert first.count('<th scope="row"><a') == 50
    assert second.count('<th scope="row"><a') == 1


def test_nothing_of_another_centre_is_shown_or_added(centre: Centre) -> None:
    make_activity(make_centre(host="other.example"), ("public", "views", 7, "platform"), title="Elsewhere")
    html = page(client_of(centre))
    assert "Elsewhere" not in html
    assert "Nothing is recorded yet." in html


def test_the_door_gives_totals_by_kind_group_measure_and_basis(centre: Centre) -> None:
    make_activity(centre, ("parents", "participants", 40, "counted"), hours="2.5", cost="10", day=FIRST)
    make_activity(centre, ("children-6-9", "participants", 60, "counted"), kind="school-visit", hours="1", day=LAST)
    make_activity(centre, ("parents", "participants", 1000, "counted"), day=LAST + DAY)
    make_activity(make_centre(host=None), ("parents", "participants", 5, "counted"))
    found = totals(centre, FIRST, LAST)
    assert [(one.kind, one.group, one.number) for one in found] == [
        ("school-visit", "children-6-9", 60), ("training", "parents", 40),
    ]  # fmt: skip
    assert [(one.group, one.number) for one in summed(found)] == [("", 100)]
    assert [(one.number) for one in totals(centre, FIRST, LAST, kind="training")] == [40]
    work = all_effort(effort(centre, FIRST, LAST))
    assert (work.activities, work.hours, work.cost) == (2, Decimal("3.5"), 10)


def test_neighbouring_periods_add_up(centre: Centre) -> None:
    for number, day in enumerate((FIRST, FIRST + DAY * 100, FIRST + DAY * 101, LAST), start=1):
        make_activity(centre, ("public", "views", 10**number, "platform"), day=day, ends_on=day + DAY * 300)
    border = FIRST + DAY * 100
    parts = totals(centre, FIRST, border) + totals(centre, border + DAY, LAST)
    assert summed(parts, by=("kind", "group")) == totals(centre, FIRST, LAST)


def test_the_menu_leads_to_the_log_for_those_who_may_read_it(centre: Centre) -> None:
    assert 'href="/en/desk/activities"' in page(client_of(centre, "administrator"))
    home = client_of(centre, "counsellor").get("/en/desk/account").content.decode()
    assert "/desk/activities" not in home
