"""Where terms count in other lists: the table, what a centre says, colleagues at the same table."""

import re

import pytest

from havn.audit.models import Entry
from havn.helpline.mappings import reasons_to, standard_of
from havn.vocabularies.models import TermMapping
from tests.vocabularies.desk import LISTS, TOMORROW, Desk, make_desk

pytestmark = pytest.mark.django_db
HERE = f"{LISTS}/reason/mappings"


@pytest.fixture
def desk() -> Desk:
    made = make_desk()
    made.begin()
    made.term("", label_en="Deepfakes", definition="", broader="")
    made.publish(TOMORROW)
    return made


def seen(desk: Desk) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', desk.client.get(HERE).content.decode())
    assert found
    return found[1]


OWN = "insafe-reasons-2023:own-deepfakes"


def say(desk: Desk, said: dict[str, str], mark: str = "") -> int:
    """Save the table; what is not said is as usual."""
    return int(desk.client.post(HERE, {"seen": mark or seen(desk), **said}).status_code)


def test_a_term_of_the_network_is_itself_and_an_own_one_counts_nowhere_until_it_is_said(desk: Desk) -> None:
    page = desk.client.get(HERE).content.decode()
    assert 'name="insafe-reasons-2023:own-deepfakes"' in page
    assert 'name="insafe-reasons-2023:gaming"' not in page
    assert 'name="chi:gaming"' in page
    assert "Deepfakes" in desk.client.get(f"{LISTS}/reason").content.decode()
    assert "places missing in other lists" in desk.client.get(LISTS).content.decode()


def test_what_is_said_holds_and_what_follows_from_it(desk: Desk) -> None:
    pk = desk.centre.pk
    assert say(desk, {OWN: "ncsii"}) == 302
    assert standard_of("reason", "insafe-reasons-2023", pk)["own-deepfakes"] == "ncsii"
    assert reasons_to("chi", pk)["own-deepfakes"] == reasons_to("chi")["ncsii"]
    assert say(desk, {OWN: "ncsii", "chi:own-deepfakes": "sexuality", "chi:gaming": "violence"}) == 302
    assert (reasons_to("chi", pk)["own-deepfakes"], reasons_to("chi", pk)["gaming"]) == ("sexuality", "violence")
    assert "gaming" not in reasons_to("chi")
    assert say(desk, {OWN: "ncsii", "four_cs:gaming": "-"}) == 302
    assert "gaming" not in reasons_to("four_cs", pk)
    assert reasons_to("chi", pk)["own-deepfakes"] == reasons_to("chi")["ncsii"]
    assert Entry.objects.filter(action="vocabularies.mapped").count() == 3


def test_saving_what_stands_there_changes_nothing(desk: Desk) -> None:
    assert say(desk, {OWN: "ncsii"}) == 302
    assert say(desk, {OWN: "ncsii"}) == 302
    assert Entry.objects.filter(action="vocabularies.mapped").count() == 1
    assert TermMapping.objects.count() == 1


def test_a_colleague_who_was_slower_keeps_the_choice(desk: Desk) -> None:
    mark = seen(desk)
    say(desk, {"chi:gaming": "violence"}, mark)
    answer = desk.client.post(HERE, {"seen": mark, "chi:own-deepfakes": "sexuality"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A colleague changed this meanwhile" in page
    cell = page[page.index('name="chi:own-deepfakes"') :]
    assert 'value="sexuality" selected' in cell[: cell.index("</select>")]
    assert TermMapping.objects.get().target == "violence"


def test_a_place_that_there_is_not_is_refused(desk: Desk) -> None:
    assert say(desk, {"chi:gaming": "nowhere-at-all"}) == 409
    assert not TermMapping.objects.exists()
