"""You and the network."""

from typing import Any

import pytest

from havn.forms.models import FormVersion
from havn.rounds.actions.review import publish, publish_many, reopen
from havn.tenancy.models import Centre
from tests.rounds.factories import ask, assignment_of, client_of, member, send, take, take_and_publish
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
        take_and_publish(one, centre, answers(total), coordinator)
    assert "it takes 3 published answers, and there are 2" in page_of(one, norway)
    take_and_publish(one, centres[2], answers(35), coordinator)
    html = page_of(one, norway)
    assert ">100<" in html and "from five centres on" in html
    assert "Other 1" not in html


def test_one_large_centre_hides_the_sum(network: Centre, norway: Centre, version: FormVersion) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre, total in zip(centres, (400, 30, 35), strict=True):
        take_and_publish(one, centre, answers(total), coordinator)
    html = page_of(one, norway)
    assert "most of it comes from one centre" in html and ">460<" not in html and ">400<" in html


def test_the_fourth_centre_changes_nothing_until_it_has_company(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    centres = [norway, *others(5)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre in centres[:4]:
        take_and_publish(one, centre, answers(40), coordinator)
    assert ">120<" in page_of(one, norway)
    assert "Yours comes in with the next ones." in page_of(one, centres[3])
    for centre in centres[4:]:
        take_and_publish(one, centre, answers(50), coordinator)
    html = page_of(one, norway)
    assert ">260<" in html and "40 and 50" in html


def test_a_gap_never_lets_the_next_centre_be_taken_off(network: Centre, norway: Centre, version: FormVersion) -> None:
    """Three answered and one left a question empty: the next that answers it must not show by the difference."""
    centres = [norway, *others(5)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    reached = [500, 610, None, 717, 808, 909]
    for centre, number in zip(centres[:4], reached, strict=False):
        more = {} if number is None else {"reach": number, "reach.basis": "counted"}
        take_and_publish(one, centre, {**answers(40), **more}, coordinator)
        html = page_of(one, norway)
        assert ">1,100<" not in html and ">1,800<" not in html
    assert ">120<" in html
    for centre, number in zip(centres[4:], reached[4:], strict=True):
        take_and_publish(one, centre, {**answers(40), "reach": number, "reach.basis": "counted"}, coordinator)
    html = page_of(one, norway)
    assert ">2,400<" in html and ">240<" in html


def test_an_empty_cell_of_an_answered_table_is_nothing(network: Centre, norway: Centre, version: FormVersion) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    phone = {"total": 40, "by_channel": {"phone": {"contacts": 15}, "chat": {"contacts": 25}}}
    for centre, given in zip(centres, (phone, answers(30), phone), strict=True):
        take_and_publish(one, centre, given, coordinator)
    html = page_of(one, norway)
    assert html.count('data-label="Centres">3</td>') == 3 and ">30 <" in html and ">80 <" in html
    assert "(27 %)" in html and "(73 %)" in html


def test_only_what_is_published_is_counted_and_a_correction_when_it_is(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    centres = [norway, *others(2)]
    one, coordinator = ask(network, version, *centres), member(network, "coordinator")
    for centre in centres:
        take(one, centre, answers(40), coordinator)
    assert "it takes 3 published answers, and there are 0" in page_of(one, norway)
    assert publish_many(actor=coordinator, round_id=one.pk) == 3
    assert ">120<" in page_of(one, norway)
    corrected = assignment_of(one, centres[1])
    reopen(actor=coordinator, assignment_id=corrected.pk, words="Two were tests.")
    take(one, centres[1], answers(28), coordinator)
    assert ">120<" in page_of(one, norway)
    publish(actor=coordinator, assignment_id=corrected.pk)
    html = page_of(one, norway)
    assert ">110<" in html and ">120<" not in html
    assert [row.published_at is not None for row in corrected.submissions.all()] == [True, True]
