"""The screen that says how to show the door on a centre's other sites."""

import html
import re

import pytest
from django.test import Client

from havn.centres.models import ContactPoint
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Line, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line(centre_fields={"languages": ["nb", "en"]})


def page(line: Line, **query: str) -> str:
    answer = signed_in_client(line.people[0].user).get("/en/desk/settings/door", query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_what_is_copied_works_as_it_stands(line: Line) -> None:
    shown = page(line)
    for found in (
        r'<iframe src="(http[^"]*)"',
        r'<script src="(http[^"]*/door\.js[^"]*)" async>',
        r'<a href="(http[^"]*chat[^"]*)"',
    ):
        (address,) = re.findall(found, shown)
        assert address.startswith("http://testserver/nb/")
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200


def test_each_language_of_the_centre_has_its_own(line: Line) -> None:
    assert "http://testserver/en/door?" in page(line, **{"in": "en"})
    assert "http://testserver/nb/door?" in page(line, **{"in": "tlh"})


def test_a_helpline_without_a_chat_says_that_it_has_no_door(line: Line) -> None:
    ContactPoint.objects.filter(service=line.service, channel="chat").delete()
    shown = page(line)
    assert "so it has no door" in shown
    assert "<textarea" not in shown


def test_it_stands_among_the_settings_of_the_helpline(line: Line) -> None:
    settings = signed_in_client(line.people[0].user).get("/en/desk/settings").content.decode()
    assert "/en/desk/settings/door?" in settings
