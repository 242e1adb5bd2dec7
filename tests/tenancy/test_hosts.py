"""The host name picks the centre, and nothing of one centre shows at another's."""

from typing import Any

import pytest
from django.test import Client

from havn.tenancy.models import Centre, CentreHost
from havn.tenancy.queries import centre_for_host, without_port
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Example.NO:8000", "example.no"),
        ("example.no", "example.no"),
        ("[::1]:80", "[::1]"),
        ("[::1]", "[::1]"),
        ("127.0.0.1:1", "127.0.0.1"),
        ("", ""),
    ],
)
def test_a_host_header_is_read_without_its_port(host: str, name: str) -> None:
    assert without_port(host) == name


def test_each_name_shows_its_own_centre() -> None:
    norway, denmark = make_centre(host="localhost"), make_centre(host="127.0.0.1")
    CentreHost.objects.create(centre=denmark, host="[::1]")
    assert centre_for_host("LOCALHOST:8000") == norway
    assert centre_for_host("127.0.0.1:8000") == denmark
    assert centre_for_host("[::1]:8000") == denmark
    assert centre_for_host("elsewhere.example") is None


def test_an_unknown_name_gets_a_plain_answer(client: Client) -> None:
    make_centre(host="known.example")
    response = client.get("/", HTTP_HOST="unknown.example")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("host", ["", "a b", "exa<mple>.no", "no\r\nsuch", "x" * 5000, "..", "[::1", "é.no"])
def test_a_broken_host_header_is_no_server_error(client: Client, host: str) -> None:
    make_centre(host="known.example")
    assert client.get("/", HTTP_HOST=host).status_code == 404


@pytest.mark.parametrize("front", ["tls", "proxy"])
def test_the_only_centre_answers_until_it_has_a_name(settings: Any, front: str) -> None:
    settings.FRONT = front
    centre = make_centre(host=None)
    assert centre_for_host("anything.example") == centre
    CentreHost.objects.create(centre=centre, host="real.example")
    assert centre_for_host("anything.example") is None


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "127.0.0.2:8000", "[::1]:8000", "LOCALHOST"])
def test_on_this_machine_alone_the_only_centre_answers_at_local_names(client: Client, host: str) -> None:
    centre = make_centre(host=None)
    assert centre_for_host(host) == centre
    assert client.get("/desk/sign-in", HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["rebound.example", "rebound.example:8000", "localhost.example", "127.0.0.1.example", "10.0.0.1", "[::2]"],
)
def test_on_this_machine_alone_a_foreign_name_reaches_no_page(client: Client, host: str) -> None:
    make_centre(host=None)
    assert centre_for_host(host) is None
    answer = client.get("/desk/sign-in", HTTP_HOST=host)
    assert answer.status_code == 404
    assert "open http://localhost" in answer.content.decode()


def test_of_two_nameless_centres_none_is_guessed() -> None:
    make_centre(host=None)
    make_centre(host=None)
    assert centre_for_host("localhost") is None


def test_a_change_shows_at_once_in_the_process_that_made_it(client: Client) -> None:
    centre = make_centre(emergency_number="112")
    assert "112" in client.get("/").content.decode()
    centre.emergency_number = "113"
    centre.save()
    assert "113" in client.get("/").content.decode()
    Centre.objects.get().delete()
    assert client.get("/").status_code == 404


def test_a_known_host_costs_no_query(django_assert_num_queries: object) -> None:
    make_centre(host="known.example")
    centre_for_host("known.example")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert centre_for_host("known.example") is not None
