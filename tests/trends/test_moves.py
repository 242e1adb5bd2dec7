"""How shares moved: of the helplines that answered both quarters alike, and never over a break."""

import re

import pytest

from havn.tenancy.models import Centre
from havn.trends.models import Break
from havn.trends.queries.articles import figures_of
from tests.trends.factories import BEFORE, NOW, four_countries, person, report

pytestmark = pytest.mark.django_db


def test_shares_are_not_compared_over_a_break(network: Centre) -> None:
    four_countries()
    assert set(figures_of(network, NOW)["moved"]["quarter"]) >= {"reason", "person"}
    Break.objects.create(centre=network, quarter=str(NOW), kind="scheme", dimension="reason", words="Another list")
    found = figures_of(network, NOW)["moved"]
    for since in ("quarter", "year"):
        assert "reason" not in found[since] and "person" in found[since]
    _user, client = person(network, "data_officer")
    page = client.get("/en/desk/trends").content.decode()
    for dimension, moves in (("reason", False), ("person", True)):
        rows = page.partition(f'id="list-{dimension}"')[2].partition("</table>")[0]
        assert bool(re.search(r">[+−±]\d", rows)) is moves


def test_a_break_before_the_last_quarter_is_in_the_way_of_the_year_alone(network: Centre) -> None:
    four_countries()
    Break.objects.create(centre=network, quarter=str(BEFORE), kind="band", dimension="person", words="Other bands")
    found = figures_of(network, NOW)["moved"]
    assert "person" in found["quarter"] and "person" not in found["year"]


def test_shares_move_among_those_that_reported_both_and_count_alike(network: Centre, norway: Centre) -> None:
    centres = four_countries()
    before = figures_of(network, NOW)["moved"]["quarter"]["reason"]
    # Norway did not report the quarter before, and Austria counts otherwise: neither moves a share.
    report(norway, total=900, reason={"cyberbullying": 900})
    assert figures_of(network, NOW)["moved"]["quarter"]["reason"] == before
    report(centres[0], NOW, total=500, reason={"cyberbullying": 500})
    Break.objects.create(centre=network, quarter=str(NOW), kind="member", member=centres[0], words="Another system")
    found = figures_of(network, NOW)["moved"]["quarter"]["reason"]
    assert found["centres"] == 3 and found["codes"] == before["codes"]


def test_a_member_of_another_list_than_before_moves_no_reason(network: Centre) -> None:
    centres = four_countries()
    report(centres[0], NOW, scheme="insafe-reasons-2018", total=100, reason={"grooming": 100}, channel={"phone": 100})
    found = figures_of(network, NOW)["moved"]["quarter"]
    assert (found["reason"]["centres"], found["channel"]["centres"]) == (3, 4)
