"""The network's lists as open data: what each centre gave goes to the audit, and no number tells one of them."""

import pytest
from django.test import Client

from havn.releases import api as releases
from havn.releases.registry import sources_for
from havn.releases.rules.tables import NETWORK
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.tenancy.models import Centre
from havn.trends.release_tables import network_table
from havn.trends.rules.quarters import Quarter
from tests.releases.factories import make_dataset
from tests.trends.factories import BEFORE, NOW, four_countries, person, report

pytestmark = pytest.mark.django_db


def quarter() -> Period:
    return period_of(Kind.QUARTER, NOW.first)


def test_the_network_is_offered_each_list_and_a_country_none(network: Centre, norway: Centre) -> None:
    keys = [one.key for one in sources_for(network) if one.key.startswith("trends.")]
    assert keys == ["trends.reason", "trends.channel", "trends.person", "trends.gender", "trends.place"]
    assert not [one for one in sources_for(norway) if one.key.startswith("trends.")]
    # Lists are answered one without another: their totals are not the same thing, and are not audited as if they were.
    assert len({one.measure for one in sources_for(network) if one.key in keys}) == 5


def test_a_coordinator_of_the_network_can_make_a_dataset_of_it(network: Centre) -> None:
    four_countries()
    _user, client = person(network, "coordinator")
    assert "/releases/new" in client.get("/en/desk/releases").content.decode()


def test_a_table_holds_what_each_centre_gave(network: Centre) -> None:
    four_countries()
    table = network_table("channel", quarter())
    assert table is not None and table.parts is not None
    assert set(table.parts) == {"at", "be", "cz", "ee"}
    assert table.parts["be"] == {("phone",): 1320, ("chat",): 880}
    assert table.counts == {("phone",): 6600, ("chat",): 4400}
    # A year of which a quarter is missing is no year.
    assert network_table("channel", period_of(Kind.YEAR, NOW.first)) is None


def test_nothing_reported_is_no_table_and_two_lists_of_reasons_are_not_added_up(network: Centre) -> None:
    assert network_table("reason", quarter()) is None
    centres = four_countries()
    report(centres[0], BEFORE, scheme="insafe-reasons-2018", total=9, reason={"grooming": 9})
    assert network_table("reason", quarter()) is not None
    assert network_table("reason", period_of(Kind.YEAR, NOW.first)) is None
    for other in (Quarter(2026, 1), Quarter(2026, 4)):
        report(centres[0], other, total=9, channel={"phone": 9})
    assert network_table("reason", period_of(Kind.YEAR, NOW.first)) is None
    year = network_table("channel", period_of(Kind.YEAR, NOW.first))
    assert year is not None and year.counts["phone",] == 6600 + 6300 - 630 + 18


def test_a_release_is_of_the_network_and_leaves_out_what_one_centre_alone_has(network: Centre) -> None:
    centres = four_countries()
    report(centres[0], NOW, total=1100, channel={"phone": 600, "chat": 400, "letter": 100})
    table = network_table("channel", quarter())
    assert table is not None
    dataset = make_dataset(network, source="trends.channel", measure="trends.channel")
    prepared = releases.prepare(dataset, table, first=NOW.first, last=NOW.last)
    assert prepared.table["population"] == NETWORK
    assert {row["why"] for row in prepared.log} & {"few-centres"}
    assert releases.publish(prepared, None).version == 1


def test_the_desk_is_not_offered_to_a_country(network: Centre, norway: Centre) -> None:
    _user, client = person(norway, "coordinator")
    page: Client = client
    assert "trends." not in page.get("/en/desk/releases/new").content.decode()
