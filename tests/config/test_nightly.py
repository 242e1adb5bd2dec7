"""What the night destroys stands on the trail by counts, and what the night's check of the trail found is kept."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from havn.accounts.models import Invitation, SignInThrottle
from havn.audit import api as audit
from havn.audit import guards
from havn.audit.checked import last_checked
from havn.audit.models import Entry
from havn.common.clock import now
from havn.config.keeping import health, nightly
from havn.tasks.models import ScheduledTask
from havn.tenancy.models import Organisation
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    settings.AUDIT_HEADS = tmp_path / "heads"


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(make_centre())


def test_what_the_night_destroys_is_on_the_trail_by_counts(organisation: Organisation) -> None:
    long_ago = now() - dt.timedelta(days=40)
    Invitation.objects.create(
        token_hash=b"h" * 32, organisation=organisation, roles=["counsellor"], made_at=long_ago, expires_at=long_ago
    )
    SignInThrottle.objects.create(key_hash=b"u" * 32, updated_at=long_ago)
    assert nightly.tidy.call() == 2
    entry = Entry.objects.get(action="keeping.tidied")
    assert (entry.centre_id, entry.actor_id, entry.subject) == (organisation.centre_id, None, "")
    assert json.loads(entry.codes) == {"tasks": 0, "throttles": 1, "links": 1, "marks": 0}
    assert nightly.tidy.call() == 0
    assert Entry.objects.filter(action="keeping.tidied").count() == 1


def test_the_nights_check_keeps_what_it_found(organisation: Organisation) -> None:
    assert last_checked() is None
    for _ in range(3):
        audit.record(centre_id=organisation.centre_id, action="helpline.turn.taken")
    assert nightly.check_trail.call() == 0
    checked = last_checked()
    assert checked is not None
    assert (checked.entries, checked.findings) == (3, 0)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_id = 4711 WHERE seq = 2")
    assert nightly.check_trail.call() == 1
    checked = last_checked()
    assert checked is not None
    assert checked.findings == 1


def _trail() -> health.Finding:
    return next(finding for finding in health.findings() if finding.name == "Audit trail")


def test_health_tells_what_the_nights_check_found(
    organisation: Organisation, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = settings.DATA / "data"
    settings.DATA.mkdir()
    audit.record(centre_id=organisation.centre_id, action="helpline.turn.taken")
    audit.write_heads()
    assert _trail().words == "Its end was signed."
    nightly.check_trail.call()
    assert (_trail().level, _trail().words) == (
        health.Level.GOOD,
        "Its end was signed. All 1 entries were checked and follow from one another.",
    )
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_id = 4711")
    nightly.check_trail.call()
    assert _trail().level == health.Level.BAD
    assert "havn audit verify" in _trail().words


def test_health_tells_when_the_trail_was_not_checked(
    organisation: Organisation, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = settings.DATA / "data"
    settings.DATA.mkdir()
    audit.record(centre_id=organisation.centre_id, action="helpline.turn.taken")
    audit.write_heads()
    ScheduledTask.objects.create(name="audit.check", due_at_ms=0, last_at_ms=1)
    assert (_trail().level, "not checked" in _trail().words) == (health.Level.BAD, True)
    nightly.check_trail.call()
    assert _trail().level == health.Level.GOOD
