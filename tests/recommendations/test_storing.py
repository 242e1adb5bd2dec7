"""A factsheet is stored in short transactions, seen when all of it is there, and removed when it was a mistake."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havn.common.errors import Refused
from havn.recommendations.actions import importing
from havn.recommendations.composing import document_of
from havn.recommendations.models import (
    Factsheet,
    FollowUp,
    Passage,
    Recommendation,
)
from tests.recommendations.factories import (
    SOURCE,
    World,
    make_follow_up,
    make_sheet,
)
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/recommendations/import"


@pytest.fixture
def secretary(world: World) -> Client:
    return world.client(world.network, "data_officer")


def test_a_mistaken_factsheet_is_removed_with_what_only_it_brought(world: World, secretary: Client) -> None:
    sheet = make_sheet(world, SOURCE.read_text())
    kept = make_sheet(world, party=make_centre(host=None, slug="sweden", country_code="SE"))
    before = document_of(kept)
    address = f"/en/desk/recommendations/factsheets/{sheet.pk}/remove"
    assert "You can import it again" in secretary.get(address).content.decode()
    assert world.client(world.party, "coordinator").post(address).status_code == 403
    assert secretary.post(address).status_code == 302
    assert list(Factsheet.objects.all()) == [kept]
    assert not Passage.objects.exclude(factsheet=kept).exists()
    assert sorted(Recommendation.objects.values_list("ref", flat=True)) == ["II-1", "II-2", "II-3"]
    assert sorted(world.round.chapters.values_list("number", flat=True)) == ["I", "II"]
    assert document_of(kept) == before
    assert make_sheet(world, SOURCE.read_text()).fingerprint == sheet.fingerprint


def test_a_factsheet_that_is_public_or_worked_with_is_not_removed(world: World, secretary: Client) -> None:
    sheet = make_sheet(world)
    address = f"/en/desk/recommendations/factsheets/{sheet.pk}/remove"
    Factsheet.objects.update(published_at=sheet.imported_at)
    assert "Take it back from the public first" in secretary.get(address).content.decode()
    assert secretary.post(address).status_code == 409
    Factsheet.objects.update(published_at=None)
    make_follow_up(world, sheet)
    assert secretary.post(address).status_code == 409
    assert FollowUp.objects.filter(is_imported=False).exists()


def test_until_all_is_stored_nobody_sees_it_and_a_failed_import_leaves_nothing(
    world: World, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def fails(*_arguments: object) -> None:
        seen.append((Passage.objects.exists(), secretary.get("/en/desk/recommendations").content.decode()))
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(importing, "_write_follow_ups", fails)
        with pytest.raises(RuntimeError):
            make_sheet(world)
    assert seen[0][0] and "/factsheets/" not in seen[0][1]
    assert not Factsheet.objects.exists() and not Passage.objects.exists() and not Recommendation.objects.exists()
    assert make_sheet(world).is_ready


def test_a_stopped_import_is_taken_away_by_the_next_one_but_not_one_that_is_going_on(world: World) -> None:
    sheet = make_sheet(world)
    Factsheet.objects.update(is_ready=False)
    with pytest.raises(Refused):
        make_sheet(world)
    Factsheet.objects.update(imported_at=sheet.imported_at - dt.timedelta(hours=1))
    assert make_sheet(world).is_ready
    assert Factsheet.objects.count() == 1


def test_a_long_factsheet_is_stored_a_few_rows_at_a_time(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        make_sheet(world, SOURCE.read_text())
    inserts = [one["sql"] for one in asked if one["sql"].startswith("INSERT")]
    assert len(inserts) > 20
    assert max(sql.count("), (") for sql in inserts) <= 40
