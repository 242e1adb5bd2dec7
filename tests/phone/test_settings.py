"""The settings of the telephone: for coordinators alone, and a secret is shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.phone.actions import connecting
from havn.phone.actions.testing import send_test
from havn.phone.models import Connection, Extension, Secret
from havn.phone.sealing import open_secret, signing_keys
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Line, make_line
from tests.phone.factories import make_phone
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db
POSTS = ("make_secret", "give_extension", "test")


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def browser(line: Line) -> Client:
    line.people[0].user.language = "en"
    line.people[0].user.save()
    return signed_in_client(line.people[0].user, password=PASSWORD)


def _page(browser: Client) -> str:
    answer = browser.get(reverse("phone:settings"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_secret_is_shown_once_and_kept_sealed(line: Line, browser: Client) -> None:
    answer = browser.post(reverse("phone:make_secret"), {"service": line.service.pk})
    shown = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode())
    assert shown is not None
    row = Secret.objects.get()
    assert open_secret(row) == shown[0]
    assert shown[0].encode() not in bytes(row.sealed)
    assert "whsec_" not in _page(browser)
    assert answer.headers["Cache-Control"] == "no-store"
    assert {entry.action for entry in Entry.objects.all()} >= {"phone.secret.made"}
    assert shown[0] not in "".join(str(vars(entry)) for entry in Entry.objects.all())


def test_three_secrets_hold_and_no_fourth(line: Line, browser: Client) -> None:
    for _ in range(4):
        browser.post(reverse("phone:make_secret"), {"service": line.service.pk})
    assert Secret.objects.count() == 3
    assert "three secrets" in _page(browser)
    first = Secret.objects.first()
    assert first is not None
    browser.post(reverse("phone:remove_secret", args=[first.pk]), {"service": line.service.pk})
    assert Secret.objects.count() == 2


def test_a_secret_of_another_server_verifies_nothing_and_breaks_nothing(line: Line) -> None:
    make_phone(line)
    Secret.objects.update(sealed=b"x" * 60)
    assert signing_keys(line.service.pk) == []


def test_a_test_event_goes_the_whole_way(line: Line, browser: Client) -> None:
    assert "No event has come in yet" in _page(browser)
    make_phone(line)
    row = Secret.objects.get()
    browser.post(reverse("phone:test"), {"service": line.service.pk, "secret": row.pk})
    page = _page(browser)
    assert "was signed, checked and taken" in page
    assert "Last event: A test event" in page
    row.refresh_from_db()
    assert row.used_at is not None
    with pytest.raises(Refused, match="no longer here"):
        send_test(actor=line.people[0].user, service=line.service, secret_id=1, now_ms=now_ms())


def test_an_extension_is_one_persons(line: Line, browser: Client) -> None:
    anna, bea = line.member(name="Anna"), line.member(name="Bea")
    address, form = reverse("phone:give_extension"), {"service": line.service.pk, "name": " 101 "}
    browser.post(address, {**form, "user": anna.pk})
    browser.post(address, {**form, "user": bea.pk})
    extension = Extension.objects.get()
    assert (extension.name, extension.user_id) == ("101", bea.pk)
    assert "Bea" in _page(browser)
    for name in ("4799887766", "a b"):
        browser.post(address, {**form, "name": name, "user": anna.pk})
    assert browser.post(address, {"service": line.service.pk, "name": ""}).status_code == 400
    stranger = make_line(centre_fields={"host": "other.test"}).people[0]
    browser.post(address, {**form, "name": "102", "user": stranger.pk})
    assert Extension.objects.count() == 1
    browser.post(reverse("phone:remove_extension", args=[extension.pk]), {"service": line.service.pk})
    assert not Extension.objects.exists()


def test_the_clocks_are_changed_within_their_bounds(line: Line, browser: Client) -> None:
    form = {"service": line.service.pk, "ring_minutes": "5", "alone_minutes": "60"}
    assert browser.post(reverse("phone:settings"), form).status_code == 302
    connection = Connection.objects.get()
    assert (connection.ring_minutes, connection.alone_minutes) == (5, 60)
    assert browser.post(reverse("phone:settings"), {**form, "ring_minutes": "0"}).status_code == 400


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR])
def test_nobody_else_opens_or_changes_them(line: Line, role: str) -> None:
    other = line.member(role)
    client = signed_in_client(other.user, password=PASSWORD)
    assert client.get(reverse("phone:settings")).status_code == 403
    for name in POSTS:
        assert client.post(reverse(f"phone:{name}"), {"service": line.service.pk}).status_code == 403
    with pytest.raises(NotAllowed):
        connecting.make_secret(actor=other.user, service=line.service)
    assert not Secret.objects.exists()


def test_the_coordinator_of_another_centre_changes_nothing_here(line: Line) -> None:
    make_phone(line)
    stranger = make_line(centre_fields={"host": "other.test"}).people[0].user
    for act in (
        lambda: connecting.make_secret(actor=stranger, service=line.service),
        lambda: connecting.remove_secret(actor=stranger, service=line.service, secret_id=Secret.objects.get().pk),
        lambda: connecting.change_clocks(actor=stranger, service=line.service, ring_minutes=1, alone_minutes=2),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Secret.objects.count() == 1
