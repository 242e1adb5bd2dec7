"""Films in sign language: who links to them, what is refused, and what a page shows."""

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.centres.models import SignSite, SignVideo
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db
FILM = {"place": "privacy", "service": "", "language": "nsl", "title": "Slik passer vi på", "address": "/nb/om-oss"}


def coordinator() -> Client:
    """A coordinator of a new centre, signed in."""
    return signed_in_client(make_staff(make_organisation(make_centre(languages=["nb", "en"])), "coordinator"))


def test_a_coordinator_names_a_site_and_links_a_page_to_a_film_there() -> None:
    client = coordinator()
    assert client.post("/desk/signs/site", {"host": "https://Films.example.org/all"}).status_code == 302
    film = {**FILM, "address": "https://films.example.org/nsl/1"}
    assert client.post("/desk/signs/film", film).status_code == 302
    assert SignSite.objects.get().host == "films.example.org"
    screen = client.get("/desk/signs").content.decode()
    assert "norsk tegnspråk" in screen
    assert "no page links to it" not in screen
    trail = set(Entry.objects.values_list("action", flat=True))
    assert {"centres.signs.site.named", "centres.signs.film.added"} <= trail


def test_the_page_links_to_the_film_and_loads_nothing_of_it() -> None:
    client = coordinator()
    client.post("/desk/signs/site", {"host": "films.example.org"})
    client.post("/desk/signs/film", {**FILM, "address": "https://films.example.org/nsl/1"})
    html = Client().get("/en/privacy").content.decode()
    link = html.partition('<a class="ds-link" href="https://films.example.org/nsl/1"')[2].partition("</a>")[0]
    assert 'rel="noreferrer noopener"' in link
    assert 'hreflang="nsl"' in link
    assert '<span lang="nb">norsk tegnspråk</span>' in link
    assert "This film is on another site." in html
    assert "<iframe" not in html
    assert "<video" not in html
    assert "films.example.org" not in Client().get("/en/").content.decode()


def test_a_site_that_is_named_no_longer_takes_its_films_along() -> None:
    client = coordinator()
    client.post("/desk/signs/site", {"host": "films.example.org"})
    client.post("/desk/signs/film", {**FILM, "address": "https://films.example.org/nsl/1"})
    assert client.post(f"/desk/signs/site/{SignSite.objects.get().pk}/remove").status_code == 302
    assert "films.example.org" not in Client().get("/en/privacy").content.decode()
    assert "no page links to it" in client.get("/desk/signs").content.decode()


def test_a_film_on_this_site_needs_no_naming_and_no_warning() -> None:
    client = coordinator()
    assert client.post("/desk/signs/film", FILM).status_code == 302
    html = Client().get("/en/privacy").content.decode()
    assert 'href="/nb/om-oss"' in html
    assert "This film is on another site." not in html
    assert client.post(f"/desk/signs/film/{SignVideo.objects.get().pk}/remove").status_code == 302
    assert 'href="/nb/om-oss"' not in Client().get("/en/privacy").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "https://elsewhere.example/film"},
        {"address": "http://films.example.org/film"},
        {"address": "//films.example.org/film"},
        {"address": "javascript:alert(1)"},
        {"address": "/\x00"},
        {"language": "nsi"},
        {"place": "talk"},
        {"service": "999999"},
        {"title": " "},
    ],
)
def test_what_does_not_fit_is_shown_again_with_the_reason(wrong: dict[str, str]) -> None:
    client = coordinator()
    client.post("/desk/signs/site", {"host": "films.example.org"})
    answer = client.post("/desk/signs/film", {**FILM, **wrong})
    assert answer.status_code == 400
    assert "ds-validation-message" in answer.content.decode()
    assert not SignVideo.objects.exists()


def test_what_is_no_site_is_not_named() -> None:
    client = coordinator()
    assert client.post("/desk/signs/site", {"host": "not a site"}).status_code == 400
    assert not SignSite.objects.exists()


def test_a_film_for_one_service_stands_with_that_service_alone() -> None:
    centre = make_centre()
    organisation = make_organisation(centre)
    service = make_service(organisation)
    client = signed_in_client(make_staff(organisation, "administrator"))
    assert client.post("/desk/signs/film", {**FILM, "service": str(service.pk)}).status_code == 302
    # The page on privacy speaks for the whole centre.
    assert 'href="/nb/om-oss"' not in Client().get("/en/privacy").content.decode()


def test_another_centre_and_a_counsellor_change_nothing() -> None:
    client = coordinator()
    client.post("/desk/signs/film", FILM)
    film = SignVideo.objects.get()
    other = make_staff(make_organisation(make_centre(host="elsewhere.test")), "coordinator")
    assert signed_in_client(other, host="elsewhere.test").post(f"/desk/signs/film/{film.pk}/remove").status_code == 302
    counsellor = signed_in_client(make_staff(film.centre.organisations.get(), "counsellor"))
    assert counsellor.post(f"/desk/signs/film/{film.pk}/remove").status_code == 403
    assert counsellor.post("/desk/signs/site", {"host": "films.example.org"}).status_code == 403
    assert SignVideo.objects.filter(pk=film.pk).exists()
