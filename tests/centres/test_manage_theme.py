"""A centre's own colours: tried, refused with a reason, saved, and worn by every page."""

import re

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.centres.models import CentreTheme
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db

INDIGO = {"accent": "#4b4a9b", "lamp": "#f3b43f", "ink": "#0e2f3b", "ground": "#fbf8f3"}
PALE = {**INDIGO, "accent": "#e0a0c0"}


@pytest.fixture
def centre() -> Centre:
    return make_centre()


def designer(centre: Centre, role: str = "publisher") -> Client:
    return signed_in_client(make_staff(make_organisation(centre), role))


def style_of(client: Client, address: str = "/privacy") -> str:
    """The address of the theme's stylesheet that a page links to, or ""."""
    found = re.search(r'href="(/theme/[^"]+\.css)"', client.get(address).content.decode())
    return found[1] if found else ""


def test_a_page_of_a_centre_without_a_theme_links_to_none(client: Client, centre: Centre) -> None:
    assert style_of(client) == ""
    CentreTheme.objects.create(centre=centre)
    assert style_of(client) == ""


@pytest.mark.parametrize("role", ["coordinator", "publisher", "administrator"])
def test_saved_colours_are_worn_by_every_page(client: Client, centre: Centre, role: str) -> None:
    staff = designer(centre, role)
    assert staff.post("/desk/theme/save", INDIGO).status_code == 302
    row = CentreTheme.objects.get()
    assert (row.accent, row.lamp, row.ink, row.ground) == ("#4b4a9b", "", "", "")
    for address in ("/", "/nb/privacy", "/band/about"):
        assert style_of(client, address)
    assert style_of(staff, "/desk/theme")
    assert Entry.objects.filter(action="centres.theme.changed").exists()


@pytest.mark.parametrize("role", ["counsellor", "supervisor", "editor"])
def test_other_roles_change_nothing(centre: Centre, role: str) -> None:
    staff = designer(centre, role)
    assert staff.get("/desk/theme").status_code == 403
    assert staff.post("/desk/theme/save", INDIGO).status_code == 403
    assert not CentreTheme.objects.exists()


def test_the_stylesheet_is_kept_for_ever_and_its_address_changes_with_it(client: Client, centre: Centre) -> None:
    staff = designer(centre)
    staff.post("/desk/theme/save", INDIGO)
    first = style_of(client)
    response = client.get(first)
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    css = response.content.decode()
    assert "--havn-water:#4b4a9b" in css
    assert "prefers-color-scheme: dark" in css
    assert len(response.content) < 4096
    staff.post("/desk/theme/save", {**INDIGO, "accent": "#7a2e5d"})
    assert style_of(client) != first
    assert client.get(first).status_code == 404


def test_a_centre_serves_its_own_theme_only(client: Client, centre: Centre) -> None:
    designer(centre).post("/desk/theme/save", INDIGO)
    make_centre(slug="elsewhere", host="elsewhere.test")
    address = style_of(client)
    assert client.get(address, headers={"host": "elsewhere.test"}).status_code == 404
    assert client.get(address.replace("/theme/", "/theme/x")).status_code == 404


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio_and_what_would_pass(centre: Centre) -> None:
    staff = designer(centre)
    response = staff.post("/desk/theme/save", PALE)
    html = response.content.decode()
    assert response.status_code == 409
    assert "the contrast is 1.99 to 1 and must be 4.50 to 1" in html
    nearest = re.search(r"The nearest colour that passes is (#[0-9a-f]{6})", html)
    assert nearest
    assert not CentreTheme.objects.exists()
    assert staff.post("/desk/theme/save", {**PALE, "accent": nearest[1]}).status_code == 302


def test_trying_shows_the_colours_to_nobody_else(client: Client, centre: Centre) -> None:
    staff = designer(centre)
    html = staff.get("/desk/theme", INDIGO).content.decode()
    assert "Nobody else sees them yet" in html
    assert "Use these colours on every page" in html
    style = re.search(r'href="(/desk/theme/preview\.css\?[^"]+)"', html)
    assert style
    css = staff.get(style[1].replace("&amp;", "&"))
    assert ".sample--day {" in css.content.decode()
    assert "--havn-water:#4b4a9b" in css.content.decode()
    assert css.headers["Cache-Control"] == "no-store"
    assert not CentreTheme.objects.exists()
    assert style_of(client) == ""


def test_what_fails_while_trying_cannot_be_put_to_use(centre: Centre) -> None:
    html = designer(centre).get("/desk/theme", PALE).content.decode()
    assert "These colours cannot be used" in html
    assert "Use these colours on every page" not in html


@pytest.mark.parametrize("accent", ["", "red", "#12345", "#1234567", "#4b4a9b;}body{", "#4b4a9b\n", "url(x)"])
def test_only_six_digits_are_a_colour(centre: Centre, accent: str) -> None:
    staff = designer(centre)
    assert staff.post("/desk/theme/save", {**INDIGO, "accent": accent}).status_code == 422
    assert staff.get("/desk/theme/preview.css", {**INDIGO, "accent": accent}).status_code == 404
    assert staff.get("/desk/theme", {**INDIGO, "accent": accent}).status_code == 200
    assert not CentreTheme.objects.exists()


def test_going_back_to_havns_colours_takes_the_stylesheet_away(client: Client, centre: Centre) -> None:
    staff = designer(centre)
    staff.post("/desk/theme/save", INDIGO)
    staff.post("/desk/theme/save", {**INDIGO, "accent": "#146C7C"})
    assert style_of(client) == ""
