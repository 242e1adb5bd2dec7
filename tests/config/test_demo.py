"""The demo: real facts, invented people, and nothing that could be mistaken for the real thing."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from havn.accounts.models import Membership, User
from havn.centres.models import ApprovedText, CentreTexts, ContactPoint
from havn.config.demo.load import RECOVERY_FILE, load_demo
from havn.helpline.models import CannedAnswer, Contact, Turn
from havn.live.models import Message
from havn.tenancy.models import Centre, Organisation, Service
from havn.vault.api import is_set_up

TABLES = (Centre, Organisation, Service, User, Membership, ContactPoint, CentreTexts, ApprovedText, CannedAnswer)
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A fresh data folder with the demo loaded."""
    settings.DATA = tmp_path
    settings.DEMO = True
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}
    load_demo(tmp_path)
    return tmp_path


def test_the_demo_holds_two_centres_and_a_second_load_changes_nothing(data: Path) -> None:
    assert set(Centre.objects.values_list("slug", "is_demo")) == {("norway", True), ("denmark", True)}
    assert Organisation.objects.count() == 6
    passwords, keys = (data / "demo-passwords.json").read_text(), (data / RECOVERY_FILE).read_text()
    before = {table: table.objects.count() for table in (*TABLES, Contact, Turn, Message)}
    load_demo(data)
    assert {table: table.objects.count() for table in before} == before
    assert (data / "demo-passwords.json").read_text() == passwords
    assert (data / RECOVERY_FILE).read_text() == keys


def test_its_secrets_are_for_the_owner_only_and_every_password_fits(data: Path) -> None:
    for name in ("demo-passwords.json", RECOVERY_FILE):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    people = json.loads((data / "demo-passwords.json").read_text())
    username, password = people["norway"]["coordinator"]
    assert User.objects.get(username=username).check_password(password)
    assert {"counsellor", "supervisor", "coordinator", "administrator"} <= set(people["denmark"])


def test_its_helplines_can_take_talks_and_have_a_past_but_nobody_waits(data: Path) -> None:
    for slug in ("kors-pa-halsen", "cyberhus"):
        service = Service.objects.get(slug=slug)
        assert is_set_up(service.pk)
        assert set(Turn.objects.filter(service=service).values_list("state", "counted")) == {("ended", True)}
        assert Contact.objects.filter(service=service).count() > 50
        assert ("chat", "") in ContactPoint.objects.filter(service=service).values_list("channel", "url")


def test_every_public_page_of_it_says_that_it_is_a_demo_and_dials_nothing(data: Path) -> None:
    for host in ("localhost", "127.0.0.1", "[::1]"):
        client = Client(headers={"host": host})
        for path in ("/en/", "/en/for-parents", "/en/for-teachers", "/en/privacy", "/en/accessibility", "/en/chat"):
            html = client.get(path).content.decode()
            assert "This is a demonstration. Nobody answers here for real." in html, path
            assert not [scheme for scheme in ("tel:", "sms:", "mailto:") if scheme in html], path


def test_norway_and_denmark_show_their_own_facts(data: Path) -> None:
    norway = Client(headers={"host": "localhost"}).get("/en/").content.decode()
    denmark = Client(headers={"host": "127.0.0.1"}).get("/en/").content.decode()
    for fact in ("800 33 321", "14:00–22:00", "23 20 80 00", "08:00–15:00", "Kors på halsen"):
        assert fact in norway
        assert fact not in denmark
    for fact in ("Cyberhus", "+45 22 49 68 25", "Red Barnet"):
        assert fact in denmark
        assert fact not in norway
