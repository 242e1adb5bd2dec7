"""The demo's one press, and everything that must keep it shut."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts import demo
from havn.accounts.models import StaffSession
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff

pytestmark = pytest.mark.django_db
OTHER_NAMES = ("havn.example", "localhost.evil.example", "127.0.0.1.nip.io", "0.0.0.0", "[::2]")


@pytest.fixture
def demo_centre(centre: Centre, settings: Any, tmp_path: Path) -> Centre:
    """A demo bound to loopback with one counsellor, at every name asked for here: a name alone must open nothing."""
    for host in ("localhost", "127.0.0.1", "[::1]", *OTHER_NAMES):
        centre.hosts.create(host=host)
    settings.DEMO, settings.FRONT, settings.DATA = True, "loopback", tmp_path
    password = demo.new_password()
    user = make_staff(centre, password=password)
    demo.write_passwords({centre.slug: {"counsellor": (user.username, password)}})
    return centre


def press(host: str, role: str = "counsellor") -> Any:
    return Client(headers={"host": host}).post(reverse("accounts:demo_sign_in"), {"role": role})


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_one_press_signs_in_past_the_second_step(demo_centre: Centre, host: str) -> None:
    client = Client(headers={"host": host})
    assert "Sign in as counsellor" in client.get(reverse("accounts:sign_in")).content.decode()
    client.post(reverse("accounts:demo_sign_in"), {"role": "counsellor"})
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert StaffSession.objects.get().is_demo


@pytest.mark.parametrize("host", OTHER_NAMES)
def test_another_name_gets_neither_button_nor_press(demo_centre: Centre, host: str) -> None:
    page = Client(headers={"host": host}).get(reverse("accounts:sign_in")).content.decode()
    assert "Sign in as counsellor" not in page
    assert press(host).status_code == 403
    assert not StaffSession.objects.exists()


def test_what_came_through_a_proxy_gets_neither_button_nor_press(demo_centre: Centre) -> None:
    client = Client(headers={"host": "localhost", "x-havn-passed-on": "1"})
    assert "Sign in as counsellor" not in client.get(reverse("accounts:sign_in")).content.decode()
    assert client.post(reverse("accounts:demo_sign_in"), {"role": "counsellor"}).status_code == 403
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize(("demo_mode", "front"), [(False, "loopback"), (True, "proxy"), (True, "tls")])
def test_it_is_shut_outside_the_demo_and_off_loopback(
    demo_centre: Centre, settings: Any, demo_mode: bool, front: str
) -> None:
    settings.DEMO, settings.FRONT = demo_mode, front
    assert press("localhost").status_code == 403
    assert not StaffSession.objects.exists()


def test_a_role_without_a_person_is_refused(demo_centre: Centre) -> None:
    assert press("localhost", "administrator").status_code == 403


def test_the_passwords_are_for_the_owner_of_the_folder_only(demo_centre: Centre) -> None:
    assert stat.S_IMODE(demo.passwords_file().stat().st_mode) == 0o600


def test_a_session_of_the_demo_is_none_once_it_is_no_demo_any_more(demo_centre: Centre, settings: Any) -> None:
    client = Client(headers={"host": "localhost"})
    client.post(reverse("accounts:demo_sign_in"), {"role": "counsellor"})
    settings.DEMO = False
    assert client.get(reverse("accounts:profile")).status_code == 302
