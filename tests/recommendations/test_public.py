"""What everybody may read: published factsheets with what is validated, and nothing else."""

import pytest
from django.test import Client

from havn.recommendations import actions
from havn.recommendations.models import Factsheet
from tests.recommendations.factories import SOURCE, World, make_follow_up, make_sheet, validated
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
LIST = "/en/recommendations"
COUNTRY = f"{LIST}/lanzarote-2/countries/denmark"


@pytest.fixture
def anyone() -> Client:
    return Client(headers={"host": "testserver"})


def publish(world: World, sheet: Factsheet) -> None:
    actor = world.person(world.network, "coordinator")
    actions.publish_factsheet(actor=actor, centre=world.network, factsheet=sheet)


def test_nothing_is_public_before_it_is_published(world: World, sheet: Factsheet, anyone: Client) -> None:
    assert "Nothing is published here yet." in anyone.get(LIST).content.decode()
    for path in (COUNTRY, f"{COUNTRY}/chapters/II", f"{COUNTRY}/factsheet.docx", f"{LIST}/lanzarote-2/II-1"):
        assert anyone.get(path).status_code == 404


def test_by_country_by_chapter_by_recommendation_and_as_files(world: World, sheet: Factsheet, anyone: Client) -> None:
    validated(world, make_follow_up(world, sheet))
    make_follow_up(world, sheet, text="A secret draft.")
    publish(world, sheet)
    assert "Denmark" in anyone.get(LIST).content.decode()
    country = anyone.get(COUNTRY).content.decode()
    assert "II. Helplines" in country and "II-3" in country and "DOCX" in country
    chapter = anyone.get(f"{COUNTRY}/chapters/II").content.decode()
    for words in ("All are trained.", "We trained forty.", "Follow-up actions:", "Status: Done.", 'id="note-2"'):
        assert words in chapter
    recommendation = anyone.get(f"{LIST}/lanzarote-2/II-1").content.decode()
    assert "to train volunteers" in recommendation and "We trained forty." in recommendation
    for path in (LIST + "?words=secret", COUNTRY, f"{COUNTRY}/chapters/II", f"{LIST}/lanzarote-2/II-1"):
        assert "A secret draft." not in anyone.get(path).content.decode()
    file = anyone.get(f"{COUNTRY}/factsheet.docx")
    assert file.content.startswith(b"PK")
    assert anyone.get(f"{COUNTRY}/factsheet.html").content.startswith(b"<!doctype html>")
    assert anyone.get(f"{COUNTRY}/factsheet.exe").status_code == 404


def test_a_draft_is_not_found_by_its_words_or_status(world: World, sheet: Factsheet, anyone: Client) -> None:
    make_follow_up(world, sheet, text="Zebra.", status="planned")
    publish(world, sheet)
    assert "0 asks found" in anyone.get(f"{LIST}?words=zebra").content.decode()
    assert "0 asks found" in anyone.get(f"{LIST}?status=planned").content.decode()
    assert "1 ask found" in anyone.get(f"{LIST}?words=volunteers").content.decode()


def test_files_are_those_of_the_day_of_publication(world: World, sheet: Factsheet, anyone: Client) -> None:
    publish(world, sheet)
    validated(world, make_follow_up(world, sheet))
    address = f"{COUNTRY}/factsheet.html"
    assert "We trained forty." not in anyone.get(address).content.decode()
    publish(world, sheet)
    assert "We trained forty." in anyone.get(address).content.decode()


def test_it_is_taken_back(world: World, sheet: Factsheet, anyone: Client) -> None:
    publish(world, sheet)
    client = world.client(world.network, "data_officer")
    assert client.post(f"/en/desk/recommendations/factsheets/{sheet.pk}/withdraw").status_code == 302
    assert anyone.get(COUNTRY).status_code == 404
    assert anyone.get(f"{COUNTRY}/factsheet.html").status_code == 404
    assert client.post(f"/en/desk/recommendations/factsheets/{sheet.pk}/withdraw").status_code == 409


def test_the_party_does_not_publish(world: World, sheet: Factsheet) -> None:
    client = world.client(world.party, "coordinator")
    assert client.post(f"/en/desk/recommendations/factsheets/{sheet.pk}/publish").status_code == 403


def test_the_secretariat_publishes_by_the_screen(world: World, sheet: Factsheet) -> None:
    client = world.client(world.network, "coordinator")
    answer = client.post(f"/en/desk/recommendations/factsheets/{sheet.pk}/publish", follow=True)
    assert "The factsheet is public" in answer.content.decode()
    assert sorted(sheet.files.values_list("format", flat=True)) == ["docx", "html", "pdf"]


def test_pages_of_the_published_factsheet_stay_small(world: World, anyone: Client) -> None:
    norway = make_centre(host=None, slug="norway", country_code="NO")
    sheet = make_sheet(world, SOURCE.read_text(), party=norway)
    Factsheet.objects.filter(pk=sheet.pk).update(published_at=sheet.imported_at)
    for number in ("I", "II", "III", "V", "VIII", "XI"):
        page = anyone.get(f"{LIST}/lanzarote-2/countries/norway/chapters/{number}")
        assert page.status_code == 200
        assert len(page.content) <= 60_000
    assert len(anyone.get(f"{LIST}/lanzarote-2/countries/norway").content) <= 60_000


def test_the_first_page_leads_to_it_when_there_is_something(world: World, sheet: Factsheet, anyone: Client) -> None:
    assert "/recommendations" not in anyone.get("/en/").content.decode()
    publish(world, sheet)
    assert "/recommendations" in anyone.get("/en/").content.decode()
