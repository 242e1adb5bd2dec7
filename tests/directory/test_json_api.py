"""The directory for other programs."""

from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from havn.directory.loading import load_directory
from tests.directory.factories import MORNING, confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(time_machine: Any) -> None:
    make_centre()
    time_machine.move_to(MORNING, tick=False)


def test_it_lists_every_country_and_tells_one_with_its_doubts(client: Client) -> None:
    load_directory()
    codes = {one["code"] for one in client.get("/directory/api/countries").json()}
    assert len(codes) == 32
    slovenia = client.get("/directory/api/countries/si").json()
    line = slovenia["entries"][0]
    assert (line["name"], line["certain"], line["freshness"]) == ("TOM telefon", False, "never")
    assert line["points"][0]["dial"] == "116111"
    assert line["points"][0]["hours"][0]["rule"] == "Mo-Su,PH 12:00-20:00"
    assert line["languages_assumed"] is True


def test_it_answers_who_can_be_reached_now_in_the_same_order_as_the_page(client: Client) -> None:
    poland = make_country()
    for name in ("Old", "Sure"):
        make_way(make_line(poland, name), rule="24/7", number="116 111")
    confirm(poland.organisations.get(name="Those of Sure").services.get().entry, MORNING)
    found = client.get("/directory/api/now?language=pl").json()
    assert [(one["name"], one["reach"]) for one in found] == [("Sure", "open"), ("Old", "perhaps")]


def test_an_unknown_country_is_a_plain_404(client: Client) -> None:
    assert client.get("/directory/api/countries/zz").status_code == 404
    assert client.post("/directory/api/countries").status_code == 405


def test_the_reader_of_a_confirmer_learns_no_address_of_theirs(client: Client) -> None:
    make_line(make_country(), confirmer_email="kari@line.example", confirmer_name="Kari")
    text = client.get("/directory/api/countries/pl").content.decode()
    assert "kari" not in text.lower()


def test_the_description_names_every_address_and_only_reading(client: Client) -> None:
    paths = client.get("/directory/api/openapi.json").json()["paths"]
    assert set(paths) == {"/directory/api/countries", "/directory/api/countries/{code}", "/directory/api/now"}
    assert {method for path in paths.values() for method in path} == {"get"}


def test_every_answer_has_the_shape_that_the_description_promises(client: Client) -> None:
    load_directory()
    described = client.get("/directory/api/openapi.json").json()
    for path, shape in described["paths"].items():
        schema = shape["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(path.replace("{code}", "fi")).json()
        jsonschema_rs.validate({**schema, "components": described["components"]}, answer)
