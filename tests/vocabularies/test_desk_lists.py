"""The screens of all lists and of one, and who may open them."""

import datetime as dt

import pytest

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.vocabularies.models import Vocabulary
from tests.accounts.factories import make_staff, signed_in_client
from tests.vocabularies.desk import LISTS, TODAY, TOMORROW, Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def page(desk: Desk, path: str = "") -> str:
    answer = desk.client.get(LISTS + path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_lists_say_which_version_holds(desk: Desk) -> None:
    assert page(desk).count("version, since") == 5
    desk.begin()
    assert "A draft is being made" in page(desk)


def test_one_list_shows_versions_labels_and_what_is_missing(desk: Desk) -> None:
    found = page(desk, "/reason")
    assert "insafe-reasons-2018" in found
    assert "Online sexual coercion and extortion of children" in found
    assert "Sextortion" in found
    older = page(desk, "/reason?version=insafe-reasons-2018")
    assert "Online sexual coercion and extortion of children" not in older
    assert "Terms of insafe-reasons-2023" in page(desk, "/reason?version=%00never")


def test_only_coordinators_come_in(desk: Desk) -> None:
    for role in (Role.COUNSELLOR, Role.SUPERVISOR, Role.ADMINISTRATOR):
        client = signed_in_client(make_staff(desk.service.organisation, role))
        assert client.get(LISTS).status_code == 403
        assert client.post(f"{LISTS}/reason/begin").status_code == 403
    assert desk.client.get(f"{LISTS}/topic").status_code == 404


def test_beginning_twice_is_one_draft(desk: Desk) -> None:
    desk.begin()
    desk.term("", label_en="Deepfakes", broader="", definition="")
    desk.begin()
    assert "Deepfakes" in page(desk, "/reason/draft")
    assert Entry.objects.filter(action="vocabularies.draft.begun").count() == 1


def test_a_version_whose_day_has_not_come_is_taken_back(desk: Desk) -> None:
    desk.begin()
    desk.term("", label_en="Deepfakes", broader="", definition="")
    terms = desk.draft.terms
    assert desk.publish(TOMORROW).status_code == 302
    assert "Take this version back" in page(desk, f"/reason?version=reason-c{desk.centre.pk}-1")
    assert desk.client.post(f"{LISTS}/reason/take-back").status_code == 302
    assert desk.draft.terms == terms
    assert not Vocabulary.objects.filter(centre=desk.centre).exists()
    # What holds already is not.
    desk.publish(TOMORROW)
    Vocabulary.objects.filter(centre=desk.centre).update(valid_from=TODAY - dt.timedelta(days=1))
    desk.client.post(f"{LISTS}/reason/take-back")
    assert Vocabulary.objects.filter(centre=desk.centre).exists()
