"""The demo: real facts, invented people, and nothing that could be mistaken for the real thing."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from havn.accounts.models import Membership, User
from havn.centres.models import ApprovedText, CentreTexts, ContactPoint
from havn.config.demo.load import RECOVERY_FILE, load_demo
from havn.directory.models import Confirmation, Doubt
from havn.helpline.endpoints import refusal_page
from havn.helpline.models import CannedAnswer, Contact, Turn
from havn.helpline.rules.turns import WRITTEN
from havn.live.models import Message
from havn.tenancy.models import Centre, Organisation, Service
from havn.vault.api import is_set_up
from tests.codebase.places import HAVN
from tests.emptying import empty_tables
from tests.vault.factories import FAST
from tools.routes import web_routes

TABLES = (
    Centre, Organisation, Service, User, Membership, ContactPoint, CentreTexts, ApprovedText, CannedAnswer,
    Confirmation, Doubt,
)  # fmt: skip
BANNER = "This is a demonstration. Nobody answers here for real."
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Path]:
    """A data folder with the demo loaded, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("havn.config.pages._pages", [])
        with override_settings(DATA=folder, DEMO=True, ARGON2=FAST):
            load_demo(folder)
            yield folder
        empty_tables()


def test_the_demo_holds_two_centres_and_the_network_and_a_second_load_changes_nothing(data: Path) -> None:
    here = set(Centre.objects.hosted().values_list("slug", "is_demo"))
    assert here == {("norway", True), ("denmark", True), ("network", True)}
    assert Organisation.objects.filter(centre__is_hosted=True).count() == 7
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


def test_its_helplines_can_take_talks_and_have_a_past_and_only_letters_wait(data: Path) -> None:
    for slug in ("kors-pa-halsen", "cyberhus"):
        service = Service.objects.get(slug=slug)
        assert is_set_up(service.pk)
        at_once = Turn.objects.filter(service=service).exclude(channel__in=WRITTEN)
        assert set(at_once.values_list("state", "counted")) == {("ended", True)}
        assert Contact.objects.filter(service=service).count() > 50
        assert ("chat", "") in ContactPoint.objects.filter(service=service).values_list("channel", "url")


def test_every_public_page_of_it_says_that_it_is_a_demo_and_dials_nothing(data: Path) -> None:
    for host in ("localhost", "127.0.0.1", "[::1]"):
        client, seen = Client(headers={"host": host}), set()
        # The band is a frame in the pages of others.
        for path in {*_plain_addresses(), "/for-parents"} - {"/band"}:
            answer = client.get(f"/en{path}")
            if answer.status_code in {200, 404} and answer.headers["Content-Type"].startswith("text/html"):
                seen.add(path)
                html = answer.content.decode()
                assert BANNER in html, path
                assert not [scheme for scheme in ("tel:", "sms:", "mailto:") if scheme in html], path
        assert seen >= {"/", "/for-parents", "/nothing-here", "/privacy", "/accessibility", "/chat", "/desk/sign-in"}


def test_every_staff_page_of_it_says_that_it_is_a_demo(data: Path) -> None:
    for role in ("counsellor", "coordinator"):
        client, seen = Client(headers={"host": "localhost"}), set()
        assert client.post("/en/desk/sign-in/demo", {"role": role}, follow=True).status_code == 200
        for path in set(_plain_addresses()) - {"/band"}:
            html = client.get(f"/en{path}").content.decode()
            if "<html" in html and "/live/open" not in html:
                seen.add(path)
                assert BANNER in html, path
        assert seen >= {"/desk", "/desk/account", "/desk/members", "/desk/nothing-here"}, seen


def test_a_form_that_the_live_process_refuses_says_that_it_is_a_demo(settings: Any) -> None:
    for demo in (True, False):
        settings.DEMO = demo
        page = refusal_page(409, "Too late.", "en", "/chat").decode()
        assert (BANNER in page) is demo
        assert "Too late." in page


def test_every_page_is_made_from_a_frame_that_carries_the_banner() -> None:
    # The one page that must show no word of ours, the frame that the frames below stand in, band and door, which other
    # sites show in a few lines: their links lead to pages with the banner. Paper and packs are read
    # elsewhere; what a phone keeps says it in its own words, for it has no picture from us.
    without = {"common/left.html", "common/base.html", "centres/public_band.html", "door/public_door.html"}
    without |= {
        "awareness/pack_base.html",
        "awareness/print_page.html",
        "activities/report_pdf.html",
        "directory/public_kept.html",
    }
    frames = []
    for path in HAVN.glob("*/templates/**/*.html"):
        text, name = path.read_text(), str(path.relative_to(path.parents[1]))
        if name not in without and ("<!doctype html>" in text or 'extends "common/base.html"' in text):
            frames.append(name)
            assert '{% if demo %}{% include "common/demo_banner.html" %}{% endif %}' in text, name
    assert {"common/base_public.html", "common/base_staff.html", "config/trouble.html"} <= set(frames)


def _plain_addresses() -> list[str]:
    """Every address without a number or a code in it."""
    found = [route.address for route in web_routes() if "<" not in route.address]
    return [*found, "/nothing-here", "/desk/nothing-here"]


def test_norway_and_denmark_show_their_own_facts(data: Path) -> None:
    norway = Client(headers={"host": "localhost"}).get("/en/").content.decode()
    denmark = Client(headers={"host": "127.0.0.1"}).get("/en/").content.decode()
    for fact in ("800 33 321", "14:00–22:00", "23 20 80 00", "08:00–15:00", "Kors på halsen"):
        assert fact in norway
        assert fact not in denmark
    for fact in ("Cyberhus", "+45 22 49 68 25", "Red Barnet"):
        assert fact in denmark
        assert fact not in norway
