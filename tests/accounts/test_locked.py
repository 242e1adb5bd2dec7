"""The idle lock: enforced on the server, by what a person does, and reopened by the password alone."""

import json
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from havn.accounts import hooks
from havn.accounts.activity import lock_idle_sessions, mark_active
from havn.accounts.models import StaffSession
from havn.accounts.rules.waiting import FREE_TRIES
from havn.accounts.sessions import private_key_of, staff_session
from havn.tenancy.models import Centre
from tests.accounts.conftest import Heard
from tests.accounts.factories import PASSWORD, Browser, make_staff, sign_in

pytestmark = pytest.mark.django_db
NOW = "2026-03-02T09:00:00+00:00"
JSON = {"accept": "application/json"}
KEY = b"private-key-of-thirty-two-bytes!"


@pytest.fixture(autouse=True)
def _a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_key_opener", lambda user, password: KEY if password == PASSWORD else None)


def cookies_of(browser: Browser) -> dict[str, str]:
    return {name: cookie.value for name, cookie in browser.client.cookies.items()}


def test_a_session_locks_after_fifteen_minutes_even_before_the_sweep(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        clock.shift(14 * 60 + 59)
        assert staff_session(cookies_of(browser)).locked is False  # type: ignore[union-attr]
        clock.shift(1)
        signed_in = staff_session(cookies_of(browser))
        assert signed_in is not None
        assert signed_in.locked
        assert private_key_of(signed_in, browser.begun.vault_cookie) is None
        answer = browser.client.get(reverse("accounts:members"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("accounts:locked"))
        assert browser.client.get(reverse("accounts:profile"), headers=JSON).status_code == 423


def test_the_sweep_destroys_the_key_and_tells_the_others_once(centre: Centre, heard: Heard) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        heard.sessions.clear()
        clock.shift(15 * 60)
        assert lock_idle_sessions() == 1
        assert lock_idle_sessions() == 0
        row = StaffSession.objects.get(pk=browser.session.pk)
        assert row.locked_at is not None
        assert row.private_key_sealed is None
        assert row.private_key_nonce is None
        assert heard.sessions == [row.user_id]
        assert heard.locks[-1] == (row.user_id, True)


def test_somebody_with_another_open_browser_is_not_told_to_be_away(centre: Centre, heard: Heard) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        sign_in(user)
        clock.shift(10 * 60)
        sign_in(user)
        heard.locks.clear()
        clock.shift(6 * 60)
        assert lock_idle_sessions() == 1
        assert heard.locks == []


def test_activity_keeps_it_open_and_never_reopens_it(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        clock.shift(14 * 60)
        assert browser.client.post(reverse("accounts:active"), headers=JSON).json()["locks_in"] == 900
        clock.shift(14 * 60)
        assert mark_active(bytes(browser.session.id_hash))
        clock.shift(16 * 60)
        assert not mark_active(bytes(browser.session.id_hash))
        assert browser.client.post(reverse("accounts:active"), headers=JSON).status_code == 423


@pytest.mark.parametrize(("mode", "locked"), [("navigate", False), ("cors", True), ("same-origin", True)])
def test_only_pages_a_person_opens_count_not_what_a_script_fetches(centre: Centre, mode: str, locked: bool) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        clock.shift(10 * 60)
        browser.client.get(reverse("accounts:profile"), headers={"sec-fetch-mode": mode})
        clock.shift(10 * 60)
        assert staff_session(cookies_of(browser)).locked is locked  # type: ignore[union-attr]


def test_the_password_reopens_it_with_a_fresh_vault_cookie(centre: Centre, heard: Heard) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        older = browser.begun.vault_cookie
        clock.shift(15 * 60)
        lock_idle_sessions()
        answer = browser.client.post(reverse("accounts:unlock"), {"password": PASSWORD}, headers=JSON)
        assert answer.json() == {"locked": False, "locks_in": 900}
        fresh = browser.client.cookies[settings.VAULT_COOKIE_NAME].value
        signed_in = staff_session(cookies_of(browser))
        assert fresh != older
        assert signed_in is not None
        assert not signed_in.locked
        assert private_key_of(signed_in, fresh) == KEY
        assert private_key_of(signed_in, older) is None
        assert heard.locks[-1] == (signed_in.user_id, False)


def test_without_script_the_lock_page_leads_back_to_where_one_was(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(make_staff(centre)).client
        clock.shift(15 * 60)
        page = client.get(reverse("accounts:sessions"), follow=True)
        assert page.redirect_chain[-1][0] == reverse("accounts:locked") + "?next=%2Fdesk%2Faccount%2Fsessions"
        answer = client.post(reverse("accounts:unlock"), {"password": PASSWORD, "next": page.context["next"]})
        assert answer.headers["Location"] == reverse("accounts:sessions")


def test_a_wrong_password_does_not_reopen_it_and_tries_are_slowed(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False):
        client = sign_in(make_staff(centre)).client
        client.post(reverse("accounts:lock_now"))
        for _ in range(FREE_TRIES + 1):
            answer = client.post(reverse("accounts:unlock"), {"password": "wrong"}, headers=JSON)
            assert answer.status_code == 403
            assert json.loads(answer.content)["sentence"]
        assert client.post(reverse("accounts:unlock"), {"password": PASSWORD}, headers=JSON).status_code == 403


def test_locking_by_hand_locks_at_once(centre: Centre, heard: Heard) -> None:
    browser = sign_in(make_staff(centre))
    browser.client.post(reverse("accounts:lock_now"))
    assert staff_session(cookies_of(browser)).locked  # type: ignore[union-attr]
    assert heard.locks[-1][1] is True


def test_the_lock_page_shows_no_menu_and_no_text_of_the_desk(centre: Centre) -> None:
    client = sign_in(make_staff(centre, "coordinator")).client
    client.post(reverse("accounts:lock_now"))
    page: Any = client.get(reverse("accounts:locked")).content.decode()
    assert "staff-nav" not in page
    assert "havn-idle-lock" not in page


def test_a_session_ends_twelve_hours_after_it_began(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser = sign_in(make_staff(centre))
        for _ in range(72):
            clock.shift(10 * 60)
            mark_active(bytes(browser.session.id_hash))
        assert staff_session(cookies_of(browser)) is None
        answer = browser.client.get(reverse("accounts:profile"))
        assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))
        assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
