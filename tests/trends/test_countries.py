"""Countries side by side over time: comparable shares alone, and why the rest is empty."""

import html
import re

import pytest
from django.test import Client

from havn.common.clock import now
from havn.tenancy.models import Centre
from havn.trends.models import Break, Comparison
from havn.trends.rules.comparable import Told, Why, cell
from havn.trends.rules.numbers import Percent
from tests.trends.factories import BEFORE, NOW, YEAR, country, person, report

LIST = "insafe-reasons-2023"
TOLD = Told({"grooming": 12, "gaming": 3, "e-crime": 45, "unknown": 500}, LIST)


def test_a_share_is_of_what_is_known() -> None:
    assert cell(TOLD, "grooming", NOW, scheme=LIST, since=None, own=False) == Percent(20.0)


@pytest.mark.parametrize(("told", "code", "scheme", "since", "why"), [
    (None, "grooming", LIST, None, Why.MISSING),
    (TOLD, "grooming", "insafe-reasons-2018", None, Why.LIST),
    (TOLD, "grooming", LIST, NOW.after, Why.BREAK),
    (TOLD, "gaming", LIST, None, Why.SMALL),
    (TOLD, "nobody", LIST, None, Why.SMALL),
    (Told({"grooming": 20, "unknown": 100}, LIST), "grooming", LIST, None, Why.FEW),
])  # fmt: skip
def test_why_a_cell_is_empty(told: Told | None, code: str, scheme: str, since: object, why: Why) -> None:
    assert cell(told, code, NOW, scheme=scheme, since=since, own=False) is why  # type: ignore[arg-type]


def test_ones_own_small_numbers_are_seen_and_the_quarter_of_a_break_is_comparable() -> None:
    assert cell(TOLD, "gaming", NOW, scheme=LIST, since=NOW, own=True) == Percent(5.0)


def opened(*centres: Centre) -> None:
    for one in centres:
        Comparison.objects.create(centre=one, is_open=True, decided_at=now())


def cells(client: Client, **asked: str) -> dict[str, list[str]]:
    """By quarter what the table shows, the network first."""
    page = html.unescape(client.get("/en/desk/trends/countries", {"code": "grooming", **asked}).content.decode())
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    found = {quarter: re.findall("<td>(.*?)</td>", row) for quarter, row in rows}
    heads = re.findall(r'<th scope="col">(.*?)</th>', page)
    return {"heads": heads, **found}


@pytest.mark.django_db
def test_members_see_those_that_let_it_be_seen_and_why_cells_are_empty(
    network: Centre, norway: Centre, denmark: Centre
) -> None:  # fmt: skip
    sweden = country("se", "Sweden")
    for quarter, scheme in ((YEAR, "insafe-reasons-2018"), (BEFORE, LIST), (NOW, LIST)):
        report(norway, quarter, scheme=LIST, total=100, reason={"grooming": 3, "e-crime": 97})
        report(denmark, quarter, scheme=scheme, total=100, reason={"grooming": 20, "e-crime": 80})
    report(sweden, NOW, total=100, reason={"grooming": 77, "e-crime": 23})
    opened(denmark)
    Break.objects.create(centre=network, quarter=str(NOW), kind="member", member=denmark, words="A new system.")
    _user, client = person(norway, "data_officer")
    found = cells(client)
    assert found["heads"] == ["Quarter", "The network", "Norway", "Denmark"]
    assert found["Q3 2026"] == ["not there", "3 %", "20 %"]
    assert found["Q2 2026"] == ["not there", "3 %", "before a break"]
    assert found["Q3 2025"] == ["not there", "3 %", "another list"]
    assert found["Q4 2025"] == ["not there", "not there", "not there"]
    page = client.get("/en/desk/trends/countries?code=grooming").content.decode()
    assert "These do not let it be seen: Sweden." in page and "77" not in page
    assert "<svg" in page and "<polyline" in page


@pytest.mark.django_db
def test_another_member_does_not_see_small_numbers(network: Centre, norway: Centre, denmark: Centre) -> None:
    report(norway, NOW, total=100, reason={"grooming": 3, "e-crime": 97})
    report(denmark, NOW, total=100, reason={"grooming": 20, "e-crime": 80})
    opened(norway, denmark)
    _user, client = person(denmark, "data_officer")
    assert cells(client)["Q3 2026"] == ["not there", "20 %", "small number"]


@pytest.mark.django_db
def test_bad_questions_are_answered(network: Centre, norway: Centre) -> None:
    _user, client = person(norway, "data_officer")
    address = "/en/desk/trends/countries"
    assert "Nothing of this was reported" in client.get(address).content.decode()
    report(norway, NOW, total=100, reason={"grooming": 40, "e-crime": 60})
    for asked in ({"dimension": "x", "code": "\x00", "many": "99999"}, {"many": "-1"}, {"code": "<b>"}):
        assert client.get(address, asked).status_code == 200
    assert client.get(address, {"quarter": "2026Q9"}).status_code == 404
    _user, other = person(norway, "counsellor")
    assert other.get(address).status_code == 403
