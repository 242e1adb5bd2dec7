"""An upgrade takes over the lists of terms that come with the release."""

from typing import Any

import pytest

from havn.config import database
from havn.vocabularies import api
from havn.vocabularies.models import VocabularyTerm

pytestmark = pytest.mark.django_db


def test_migrating_brings_every_list_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(database, "is_behind", lambda: True)
    monkeypatch.setattr(database, "call_command", lambda *given, **options: ran.append(given))
    assert database.bring_up_to_date()
    assert ran == [("migrate",)]
    assert api.current_of("topic", "sextortion") == "oscec"
    assert api.current_of("reason", "sextortion") == "oscec"

    VocabularyTerm.objects.filter(code="oscec").update(labels={"en": "As it was called in the last release"})
    database.bring_up_to_date()
    assert not VocabularyTerm.objects.filter(labels__en__startswith="As it was").exists()
