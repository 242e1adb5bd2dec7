"""Approving the texts on safety."""

import pytest

from havn.centres.models import ApprovedText
from havn.centres.safety_texts import fingerprint, words_of
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


def form(key: str = "must-tell", language: str = "nb", mark: str = "") -> dict[str, str]:
    return {"key": key, "language": language, "mark": mark or fingerprint(words_of("must-tell", language))}


def test_a_coordinator_approves_the_words_that_were_read() -> None:
    centre = make_centre()
    user = make_staff(make_organisation(centre), "coordinator", name="Kari Nordmann")
    client = signed_in_client(user)
    assert client.post("/desk/texts/approve", form()).status_code == 302
    row = ApprovedText.objects.get()
    assert (row.centre, row.key, row.language, row.approved_by) == (centre, "must-tell", "nb", "Kari Nordmann")
    assert "Approved by Kari Nordmann" in client.get("/desk/texts").content.decode()


def test_words_changed_in_between_are_not_approved() -> None:
    client = signed_in_client(make_staff(make_organisation(make_centre()), "coordinator"))
    assert client.post("/desk/texts/approve", form(mark=fingerprint("older words"))).status_code == 409
    assert client.post("/desk/texts/approve", {"key": "no-such", "language": "nb", "mark": "x"}).status_code == 409
    assert client.post("/desk/texts/approve", form(language="\x00../../etc")).status_code == 409
    assert not ApprovedText.objects.exists()


def test_a_counsellor_approves_nothing() -> None:
    client = signed_in_client(make_staff(make_organisation(make_centre()), "counsellor"))
    assert client.post("/desk/texts/approve", form()).status_code == 403
