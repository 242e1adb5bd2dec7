"""The pages on privacy and accessibility, and English beside what nobody has approved."""

import re
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from havn.centres.models import ApprovedText
from havn.centres.registry import Keeping, safety_texts
from havn.centres.safety_texts import fingerprint, words_of
from havn.tenancy.models import Centre
from tests.centres.factories import make_point, make_texts
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db


def approve(centre: Centre, key: str, language: str, text: str) -> None:
    ApprovedText.objects.create(
        centre=centre,
        key=key,
        language=language,
        fingerprint=fingerprint(text),
        approved_by="Kari, coordinator",
        approved_at=timezone.now(),
    )


def test_privacy_says_who_answers_how_long_and_whom_to_complain_to(client: Client) -> None:
    centre = make_centre()
    make_texts(centre)
    service = make_service(make_organisation(centre, name="Our Red Cross"), always_open=())
    make_point(service, "phone", number="116 111")
    with mock.patch("havn.centres.registry._keeping", [lambda centre_id: Keeping(days=11, backup_days=3)]):
        html = client.get("/privacy").content.decode()
    assert "for Our Red Cross." in html
    assert "destroyed 11 days after the last message" in html
    assert "for 3 days more" in html
    assert "supervisor may read along" in html
    assert "The Data Authority" in html
    assert 'href="https://data.example/"' in html
    assert "An example: you write" in html


def test_privacy_works_before_the_centre_has_filled_in_anything(client: Client) -> None:
    make_centre()
    response = client.get("/privacy")
    assert response.status_code == 200
    assert "None" not in response.content.decode()


def test_a_safety_text_has_english_beside_it_until_a_person_approves_these_very_words(client: Client) -> None:
    centre = make_centre()
    english = safety_texts()["must-tell"][:40]
    assert english in client.get("/nb/privacy").content.decode()
    approve(centre, "must-tell", "nb", words_of("must-tell", "nb"))
    html = client.get("/nb/privacy").content.decode()
    assert words_of("must-tell", "nb")[:30] in html
    assert 'lang="en"' in html, "the other texts still have English beside them"
    if words_of("must-tell", "nb") != safety_texts()["must-tell"]:
        assert english not in html
    ApprovedText.objects.update(fingerprint=fingerprint("other words"))
    assert english in client.get("/nb/privacy").content.decode(), "changed words lose their approval"


def test_an_approval_counts_at_its_own_centre_only(client: Client) -> None:
    make_centre()
    other = make_centre(host="other.example")
    approve(other, "must-tell", "nb", words_of("must-tell", "nb"))
    assert safety_texts()["must-tell"][:40] in client.get("/nb/privacy").content.decode()


def test_english_never_stands_beside_itself(client: Client) -> None:
    make_centre()
    html = client.get("/en/privacy").content.decode()
    assert "safety-text__english" not in html


def test_accessibility_says_where_to_tell_and_what_does_not_work(client: Client) -> None:
    make_texts(make_centre(), accessibility_authority="The Access Authority")
    html = client.get("/accessibility").content.decode()
    assert 'href="mailto:access@centre.example"' in html
    assert "no sign language" in html
    assert "The Access Authority" in html


def test_the_title_in_the_browser_tells_nothing(client: Client) -> None:
    make_centre()
    for path in ("/", "/privacy", "/accessibility", "/for-parents"):
        title = re.search(r"<title>(.*?)</title>", client.get(path).content.decode(), re.S)
        assert title
        assert title.group(1).strip() == "Start"
