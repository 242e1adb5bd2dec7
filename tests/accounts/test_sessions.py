"""One's own sessions: seen without any trait of the machine, and ended from here."""

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts import hooks
from havn.accounts.models import StaffSession
from havn.tenancy.models import Centre
from tests.accounts.conftest import Heard
from tests.accounts.factories import PASSWORD, make_staff, sign_in

pytestmark = pytest.mark.django_db


def test_the_row_of_a_session_knows_no_machine_and_no_address() -> None:
    assert {field.name for field in StaffSession._meta.get_fields()} == {
        "id",
        "id_hash",
        "user",
        "data",
        "created_at",
        "active_at",
        "second_factor_at",
        "locked_at",
        "private_key_nonce",
        "private_key_sealed",
        "is_demo",
    }


@pytest.mark.parametrize("named", ["²", "9" * 40, "there"])
def test_a_session_that_cannot_be_ends_none(centre: Centre, named: str) -> None:
    user = make_staff(centre)
    here, there = sign_in(user), sign_in(user)
    assert here.client.post(reverse("accounts:end_session"), {"session": named}).status_code == 302
    assert there.client.get(reverse("accounts:profile")).status_code == 200


def test_signing_out_there_ends_that_session_and_only_that(centre: Centre, heard: Heard) -> None:
    user = make_staff(centre)
    here, there, third = sign_in(user), sign_in(user), sign_in(user)
    heard.sessions.clear()
    here.client.post(reverse("accounts:end_session"), {"session": there.session.pk})
    assert there.client.get(reverse("accounts:profile")).status_code == 302
    assert here.client.get(reverse("accounts:profile")).status_code == 200
    assert third.client.get(reverse("accounts:profile")).status_code == 200
    assert heard.sessions == [user.pk]


def test_nobody_ends_the_session_of_somebody_else(centre: Centre) -> None:
    one, other = sign_in(make_staff(centre)), sign_in(make_staff(centre))
    one.client.post(reverse("accounts:end_session"), {"session": other.session.pk})
    assert other.client.get(reverse("accounts:profile")).status_code == 200


def test_signing_out_everywhere_else_keeps_this_browser(centre: Centre) -> None:
    user = make_staff(centre)
    here, there = sign_in(user), sign_in(user)
    here.client.post(reverse("accounts:end_session"))
    assert list(StaffSession.objects.values_list("pk", flat=True)) == [here.session.pk]
    assert there.client.get(reverse("accounts:profile")).status_code == 302


def test_signing_out_ends_the_session_clears_the_cookies_and_tells_the_others(centre: Centre, heard: Heard) -> None:
    browser = sign_in(make_staff(centre))
    answer = browser.client.post(reverse("accounts:sign_out"))
    assert not StaffSession.objects.exists()
    assert all(cookie.value == "" for cookie in answer.cookies.values() if "csrf" not in cookie.key)
    assert heard.sessions[-1] == browser.session.user_id


def test_signing_out_by_a_link_is_not_possible(centre: Centre) -> None:
    browser = sign_in(make_staff(centre))
    assert browser.client.get(reverse("accounts:sign_out")).status_code == 405


def test_a_new_password_keeps_the_keys_and_ends_the_other_browsers(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[tuple[str, str]] = []

    def rewrap(user: object, old: str, new: str):  # type: ignore[no-untyped-def]
        return lambda: stored.append((old, new))

    monkeypatch.setattr(hooks, "_key_rewrapper", rewrap)
    user = make_staff(centre)
    here, there = sign_in(user), sign_in(user)
    fresh = "lantern-on-the-outer-pier"
    typed = {"old_password": PASSWORD, "new_password": fresh, "again": fresh}
    assert here.client.post(reverse("accounts:password"), typed).status_code == 302
    assert stored == [(PASSWORD, fresh)]
    assert here.client.get(reverse("accounts:profile")).status_code == 200
    assert there.client.get(reverse("accounts:profile")).status_code == 302
    login = Client().post(reverse("accounts:sign_in"), {"username": user.username, "password": fresh})
    assert login.status_code == 302


@pytest.mark.parametrize(
    "fresh", ["short", "password1234", "staff-of-marit", ""], ids=["short", "common", "own", "empty"]
)
def test_a_weak_password_is_refused_with_a_sentence(centre: Centre, fresh: str) -> None:
    client = sign_in(make_staff(centre, username="staff-of-marit")).client
    answer = client.post(
        reverse("accounts:password"), {"old_password": PASSWORD, "new_password": fresh, "again": fresh}
    )
    assert answer.context["form"].errors["new_password"]


def test_new_recovery_codes_need_the_password_and_replace_the_older(centre: Centre) -> None:
    client = sign_in(make_staff(centre)).client
    assert client.post(reverse("accounts:recovery_codes"), {"password": "wrong"}).status_code == 302
    first = client.post(reverse("accounts:recovery_codes"), {"password": PASSWORD}).context["codes"]
    second = client.post(reverse("accounts:recovery_codes"), {"password": PASSWORD}).context["codes"]
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


def test_the_screens_speak_the_language_of_the_person(centre: Centre) -> None:
    client = sign_in(make_staff(centre, language="nb")).client
    assert client.get(reverse("accounts:profile")).headers["Content-Language"] == "nb"
    assert client.get("/da/desk/account").headers["Content-Language"] == "da"


def test_staff_pages_send_their_referrer_to_themselves_only(centre: Centre) -> None:
    client = sign_in(make_staff(centre)).client
    for name in ("profile", "sign_in", "sessions"):
        assert client.get(reverse(f"accounts:{name}")).headers["Referrer-Policy"] == "same-origin"
