"""You and the network."""

from typing import Any

import pytest

from havn.forms.models import FormVersion
from havn.tenancy.models import Centre
from tests.rounds.factories import ask, assignment_of, client_of, member, send, take
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


def answers(total: int) -> dict[str, Any]:
    return {"total": total, "by_channel": {"chat": {"contacts": total}}}


def page_of(one: Any, centre: Centre) -> str:
    found = assignment_of(one, centre)
    return client_of(centre).get(f"/en/desk/rounds/answers/{found.pk}/network").content.decode()


def others(count: int) -> list[Centre]:
    found = [make_centre(host=f"c{number}.test", name=f"Other {number}") for number in range(count)]
    for centre in found:
        make_organisation(centre)
    return found


def test_before_it_is_accepted_nothing_is_shown(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    send(assignment_of(one, norway))
    client = client_of(norway)
    assert client.get(f"/en/desk/rounds/answers/{assignment_of(one, norway).pk}/network").status_code == 409


def test_two_centres_are_too_few_and_three_show_the_sum(network: Centre, norway: Centre, version: FormVersion) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre, total in zip(centres[:2], (40, 30), strict=True):
        take(one, centre, answers(total), coordinator)
    assert "it takes 3 accepted answers, and there are 2" in page_of(one, norway)
    take(one, centres[2], answers(35), coordinator)
    html = page_of(one, norway)
    assert ">105</td>" in html and "from five centres on" in html
    assert "Other 1" not in html


def test_one_large_centre_hides_the_sum(network: Centre, norway: Centre, version: FormVersion) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre, total in zip(centres, (400, 30, 35), strict=True):
        take(one, centre, answers(total), coordinator)
    html = page_of(one, norway)
    assert "most of it comes from one centre" in html and ">465</td>" not in html and ">400</td>" in html


def test_the_fourth_centre_changes_nothing_until_it_has_company(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    centres = [norway, *others(5)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre in centres[:4]:
        take(one, centre, answers(40), coordinator)
    assert ">120</td>" in page_of(one, norway)
    assert "Yours comes in with the next ones." in page_of(one, centres[3])
    for centre in centres[4:]:
        take(one, centre, answers(50), coordinator)
    html = page_of(one, norway)
    assert ">260</td>" in html and "40 and 47.5" in html


def test_a_gap_never_lets_the_next_centre_be_taken_off(network: Centre, norway: Centre, version: FormVersion) -> None:
    """Three answered and one left a question empty: the next that answers it must not show by the difference."""
    centres = [norway, *others(5)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    reached = [500, 610, None, 717, 808, 909]
    for centre, number in zip(centres[:4], reached, strict=False):
        more = {} if number is None else {"reach": number, "reach.basis": "counted"}
        take(one, centre, {**answers(40), **more}, coordinator)
        html = page_of(one, norway)
        assert ">1,110</td>" not in html and ">1,827</td>" not in html
    assert ">120</td>" in html
    for centre, number in zip(centres[4:], reached[4:], strict=True):
        take(one, centre, {**answers(40), "reach": number, "reach.basis": "counted"}, coordinator)
    html = page_of(one, norway)
    assert ">2,434</td>" in html and ">240</td>" in html


def test_an_empty_cell_of_an_answered_table_is_nothing(network: Centre, norway: Centre, version: FormVersion) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    phone = {"total": 40, "by_channel": {"phone": {"contacts": 15}, "chat": {"contacts": 25}}}
    for centre, given in zip(centres, (phone, answers(30), phone), strict=True):
        take(one, centre, given, coordinator)
    html = page_of(one, norway)
    assert html.count('data-label="Centres">3</td>') == 3 and ">30</td>" in html and ">80</td>" in html
