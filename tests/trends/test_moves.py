"""How shares moved: of the helplines that answered both quarters alike, and never over a break."""

import re

import pytest

from havn.tenancy.models import Centre
from havn.trends.models import Break
from havn.trends.queries.articles import figures_of
from havn.trends.queries.moves import moves_of
from tests.trends.factories import BEFORE, NOW, country, four_countries, person, report

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
    before = moves_of(network, BEFORE, NOW)["reason"].shares(whole=True)
    assert "reason" in figures_of(network, NOW)["moved"]["quarter"]
    # Norway did not report the quarter before, and Austria counts otherwise: neither moves a share.
    report(norway, total=900, reason={"cyberbullying": 900})
    assert moves_of(network, BEFORE, NOW)["reason"].shares(whole=True) == before
    report(centres[0], NOW, total=500, reason={"cyberbullying": 500})
    Break.objects.create(centre=network, quarter=str(NOW), kind="member", member=centres[0], words="Another system")
    found = moves_of(network, BEFORE, NOW)["reason"]
    assert (found.centres, found.apart, found.shares(whole=True)) == (3, (2, 1), before)


def test_a_move_beside_which_one_or_two_are_left_over_is_not_told(network: Centre, norway: Centre) -> None:
    """With the shares of all of them it would tell theirs. Of three that came it tells nobody's."""
    four_countries()
    report(norway, total=900, reason={"cyberbullying": 900})
    assert "reason" not in figures_of(network, NOW)["moved"]["quarter"]
    for code, name in (("fi", "Finland"), ("se", "Sweden")):
        report(country(code, name), total=900, reason={"cyberbullying": 900})
    assert figures_of(network, NOW)["moved"]["quarter"]["reason"]["centres"] == 4


def test_a_member_of_another_list_than_before_moves_no_reason(network: Centre) -> None:
    centres = four_countries()
    report(centres[0], NOW, scheme="insafe-reasons-2018", total=100, reason={"grooming": 100}, channel={"phone": 100})
    found = moves_of(network, BEFORE, NOW)
    assert (found["reason"].centres, found["channel"].centres) == (3, 4)
