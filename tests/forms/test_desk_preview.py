"""Trying a form out: as people will see it, with nothing kept."""

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.forms.models import DraftStep, FormVersion
from havn.tenancy.models import Centre
from tests.forms.building import QUARTER, make_draft, stored

pytestmark = pytest.mark.django_db


def test_it_is_shown_in_each_language_and_what_is_missing_in_the_forms_own(client: Client, draft: FormVersion) -> None:
    address = f"/en/desk/forms/versions/{draft.pk}/preview"
    text = client.get(f"{address}?language=nb").content.decode()
    assert "Kontakter i alt" in text
    assert "Did you meet?" in text
    assert "Contacts in all" in client.get(address).content.decode()
    assert "Contacts in all" in client.get(f"{address}?language=xx").content.decode()


def test_checks_fire_and_nothing_is_stored(client: Client, draft: FormVersion) -> None:
    address = f"/en/desk/forms/versions/{draft.pk}/preview"
    text = client.post(address, {"q-total": "250", "q-met": "true", "check": "1"}).content.decode()
    assert "That is many: 250." in text
    assert "250" in text
    assert "Write a number" in client.post(address, {"q-total": "many", "check": "1"}).content.decode()
    fine = client.post(address, {"q-total": "5", "check": "1"})
    assert fine.context["is_fine"]
    assert stored(draft) == draft.definition
    assert not DraftStep.objects.exists()


def test_answers_can_be_taken_as_those_of_the_last_period(client: Client, user: User, centre: Centre) -> None:
    steady = {"key": "steady", "level": "error", "at": "total", "holds": "total >= before.total",
              "message": {"en": "It was {before.total}."}}  # fmt: skip
    draft = make_draft(centre, user, checks=[steady])
    address = f"/en/desk/forms/versions/{draft.pk}/preview"
    first = client.post(address, {"q-total": "80", "as_before": "1"})
    before = first.context["before"]
    assert "those of the last period" in first.content.decode()
    assert "It was 80." in client.post(address, {"q-total": "7", "before": before, "check": "1"}).content.decode()
    for odd in ("[]", "{", "[" * 5000, '{"total": {"a": [1e999]}}', "null"):
        assert client.post(address, {"q-total": "7", "before": odd, "check": "1"}).status_code == 200


def test_lines_are_added_and_taken_away(client: Client, user: User, centre: Centre) -> None:
    section = {"key": "visits", "title": {"en": "Visits"}, "repeat": {"least": 0, "most": 3, "title": {"en": "Visit"}},
               "questions": [{"key": "school", "type": "text", "label": {"en": "School"}}]}  # fmt: skip
    draft = make_draft(centre, user, sections=[*QUARTER["sections"], section])
    address = f"/en/desk/forms/versions/{draft.pk}/preview"
    text = client.post(
        address, {"q-visits.rows": "1", "q-visits.0.school": "By the sea", "q-add": "visits"}
    ).content.decode()
    assert "By the sea" in text
    assert "q-visits.1.school" in text


def test_a_faulty_draft_is_shown_as_far_as_it_goes(client: Client, user: User, centre: Centre) -> None:
    draft = make_draft(
        centre, user, checks=[{"key": "odd", "level": "error", "at": "gone", "holds": "1 +", "message": {}}]
    )
    text = client.get(f"/en/desk/forms/versions/{draft.pk}/preview").content.decode()
    assert "The form still has faults" in text
    assert "Contacts in all" in text
