"""The one door: what it lets in, what it says to the rest, and what it never keeps."""

import datetime as dt
import statistics
import time
from typing import Any
from urllib.parse import quote_from_bytes

import pyotp
import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from havn.accounts import actions, hooks
from havn.accounts.actions import throttle
from havn.accounts.models import RecoveryCode, SecondFactor, SignInThrottle, StaffSession, User
from havn.accounts.rules.waiting import FREE_TRIES, MOST_COUNTED
from havn.accounts.sessions import hash_of, private_key_of, staff_session
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from tests.accounts.factories import PASSWORD, make_centre, make_staff, sign_in, signed_in_client

pytestmark = pytest.mark.django_db
NOW = "2026-03-02T09:00:00+00:00"


def post_password(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("accounts:sign_in"), {"username": username, "password": password})


def app_of(user: User) -> pyotp.TOTP:
    """Set up an authenticator app without the screens and give it."""
    secret = actions.prepare_second_factor(user=user)
    SecondFactor.objects.filter(user=user).update(
        secret_sealed=SecondFactor.objects.get(user=user).waiting_sealed, waiting_sealed=None
    )
    return pyotp.TOTP(secret)


def test_the_first_sign_in_sets_up_the_app_and_shows_ten_codes_once(centre: Centre) -> None:
    user, client = make_staff(centre), Client()
    assert post_password(client, user.username).headers["Location"] == reverse("accounts:second_step")
    page = client.get(reverse("accounts:second_step"))
    secret = page.context["secret"].replace(" ", "")
    answer = client.post(reverse("accounts:second_step"), {"code": pyotp.TOTP(secret).now()})
    codes = answer.context["codes"]
    assert len(set(codes)) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert client.get(reverse("accounts:profile")).status_code == 200
    kept = {bytes(code.code_hash) for code in RecoveryCode.objects.filter(user=user)}
    assert len(kept) == 10
    assert not any(code.encode() in hash_ for code in codes for hash_ in kept)


def test_the_secret_of_the_app_is_sealed_in_the_database(centre: Centre) -> None:
    user = make_staff(centre)
    secret = actions.prepare_second_factor(user=user)
    kept = bytes(SecondFactor.objects.get(user=user).waiting_sealed or b"")
    assert secret.encode() not in kept
    assert hooks.open_secret(kept, f"totp:{user.pk}").decode() == secret


def test_the_secret_of_one_person_does_not_open_in_the_row_of_another(centre: Centre) -> None:
    mine, theirs = make_staff(centre), make_staff(centre)
    app_of(mine)
    app_of(theirs)
    stolen = SecondFactor.objects.get(user=mine).secret_sealed
    SecondFactor.objects.filter(user=theirs).update(secret_sealed=stolen)
    with pytest.raises(hooks.SecretDoesNotOpen):
        hooks.open_secret(bytes(stolen or b""), f"totp:{theirs.pk}")
    actions.begin_session(user=theirs, password=PASSWORD)
    code = pyotp.TOTP(hooks.open_secret(bytes(stolen or b""), f"totp:{mine.pk}").decode()).now()
    with pytest.raises(Refused):
        actions.pass_second_step(row=StaffSession.objects.get(user=theirs), typed=code, centre_id=centre.pk)


def test_an_app_whose_secret_does_not_open_is_said_in_words_and_a_recovery_code_still_works(centre: Centre) -> None:
    user, client = make_staff(centre), Client()
    code = app_of(user).now()
    recovery = actions.make_recovery_codes(user=user, centre_id=centre.pk)[0]
    # As sealed before secrets were bound to their person, or under a server key that was lost.
    for unreadable in (hooks.seal_secret(b"JBSWY3DPEHPK3PXP", "totp"), b"short", b"\x00" * 60):
        SecondFactor.objects.filter(user=user).update(secret_sealed=unreadable)
        post_password(client, user.username)
        answer = client.post(reverse("accounts:second_step"), {"code": code})
        assert answer.status_code == 403
        assert "ask an administrator to reset your second step" in answer.content.decode()
    assert client.post(reverse("accounts:second_step"), {"code": recovery}).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_set_up_whose_secret_does_not_open_is_begun_again(centre: Centre) -> None:
    user, client = make_staff(centre), Client()
    post_password(client, user.username)
    address = reverse("accounts:second_step")
    client.get(address)
    SecondFactor.objects.filter(user=user).update(waiting_sealed=hooks.seal_secret(b"JBSWY3DPEHPK3PXP", "totp"))
    refused = client.post(address, {"code": "123456"})
    assert refused.status_code == 409
    assert "scan the new one" in refused.content.decode()
    secret = client.get(address).context["secret"].replace(" ", "")
    assert client.post(address, {"code": pyotp.TOTP(secret).now()}).status_code == 200


def test_no_waiting_secret_is_shown_twice(centre: Centre) -> None:
    user, client = make_staff(centre), Client()
    post_password(client, user.username)
    address = reverse("accounts:second_step")
    first, second = (client.get(address).context["secret"].replace(" ", "") for _ in range(2))
    assert first != second
    mistyped = client.post(address, {"code": "000000"})
    assert mistyped.status_code == 403
    assert second not in mistyped.content.decode().replace(" ", "")
    assert client.post(address, {"code": pyotp.TOTP(first).now()}).status_code == 403
    assert client.post(address, {"code": pyotp.TOTP(second).now()}).status_code == 200


def test_the_password_alone_opens_no_staff_page(centre: Centre) -> None:
    user, client = make_staff(centre), Client()
    app_of(user)
    post_password(client, user.username)
    answer = client.get(reverse("accounts:profile"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))
    assert staff_session({name: cookie.value for name, cookie in client.cookies.items()}) is None


def test_a_code_of_the_app_works_once(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        code = app_of(user).now()
        first, second = Client(), Client()
        post_password(first, user.username)
        post_password(second, user.username)
        assert first.post(reverse("accounts:second_step"), {"code": code}).status_code == 302
        assert second.post(reverse("accounts:second_step"), {"code": code}).status_code == 403
        clock.shift(30)
        sealed = SecondFactor.objects.get(user=user).secret_sealed
        code = pyotp.TOTP(hooks.open_secret(bytes(sealed or b""), f"totp:{user.pk}").decode()).now()
        assert second.post(reverse("accounts:second_step"), {"code": code}).status_code == 302


def test_a_code_older_than_the_last_one_taken_is_refused(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        app = app_of(user)
        older = app.now()
        clock.shift(30)
        for code, status in ((app.now(), 302), (older, 403)):
            client = Client()
            post_password(client, user.username)
            assert client.post(reverse("accounts:second_step"), {"code": code}).status_code == status


def test_a_recovery_code_works_once_however_it_is_typed(centre: Centre) -> None:
    user = make_staff(centre)
    app_of(user)
    code = actions.make_recovery_codes(user=user, centre_id=centre.pk)[0]
    for status in (302, 403):
        client = Client()
        post_password(client, user.username)
        typed = code.lower().replace("-", " ")
        assert client.post(reverse("accounts:second_step"), {"code": typed}).status_code == status
    assert RecoveryCode.objects.filter(user=user, used_at__isnull=True).count() == 9


def test_a_recovery_code_of_somebody_else_does_not_fit(centre: Centre) -> None:
    one, other = make_staff(centre), make_staff(centre)
    app_of(one)
    code = actions.make_recovery_codes(user=other, centre_id=centre.pk)[0]
    client = Client()
    post_password(client, one.username)
    assert client.post(reverse("accounts:second_step"), {"code": code}).status_code == 403


def test_guessing_the_second_step_is_slowed(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False):
        user = make_staff(centre)
        app, client = app_of(user), Client()
        post_password(client, user.username)
        wrong = "000000" if app.now() != "000000" else "111111"
        for _ in range(FREE_TRIES + 1):
            client.post(reverse("accounts:second_step"), {"code": wrong})
        assert client.post(reverse("accounts:second_step"), {"code": app.now()}).status_code == 403


def refused_answers(centre: Centre) -> dict[str, Any]:
    """The answers to an unknown name, a wrong password, a closed account and a running wait."""
    known, closed, waiting = make_staff(centre), make_staff(centre), make_staff(centre)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    elsewhere = make_staff(make_centre(host="elsewhere.example"))
    for _ in range(FREE_TRIES + 2):
        post_password(Client(), waiting.username, "wrong")
    tries = {
        "unknown name": ("nobody-here", PASSWORD),
        "wrong password": (known.username, "not the password"),
        "closed account": (closed.username, PASSWORD),
        "running wait": (waiting.username, PASSWORD),
        "another centre": (elsewhere.username, PASSWORD),
    }
    return {why: post_password(Client(), *typed) for why, typed in tries.items()}


def test_every_refusal_reads_the_same(centre: Centre) -> None:
    bodies = {}
    with time_machine.travel(NOW, tick=False):
        answers = refused_answers(centre)
    for why, answer in answers.items():
        text = answer.content.decode()
        for token in (answer.context["csrf_token"], answer.context["form"].data["username"]):
            text = text.replace(str(token), "")
        bodies[why] = (answer.status_code, text, sorted(answer.cookies), sorted(answer.headers))
    assert bodies["unknown name"][0] == 403
    assert all(body == bodies["unknown name"] for body in bodies.values()), bodies


@pytest.mark.slow
def test_every_refusal_takes_the_same_time(centre: Centre, settings: Any) -> None:
    # A real cost, small enough for a test: what must not differ is how often it is paid.
    settings.ARGON2 = {"time_cost": 2, "memory_cost": 16 * 1024, "parallelism": 1}
    known, closed, waiting = make_staff(centre), make_staff(centre), make_staff(centre)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    names = {
        "unknown": ("nobody-here", PASSWORD),
        "wrong": (known.username, "wrong"),
        "closed": (closed.username, PASSWORD),
        "waiting": (waiting.username, PASSWORD),
    }
    for _ in range(FREE_TRIES + 8):
        actions.check_password_throttled(username=waiting.username, password="wrong", centre=centre)
        SignInThrottle.objects.filter(failures__lt=FREE_TRIES + 8).update(blocked_until=None)
    # Time of the processor, interleaved: other work on the machine is no difference between the answers.
    taken: dict[str, list[float]] = {why: [] for why in names}
    for turn in range(26):
        for why, (username, password) in names.items():
            if why != "waiting":
                SignInThrottle.objects.filter(failures__lt=FREE_TRIES + 8).update(blocked_until=None, failures=0)
            begun = time.process_time()
            assert actions.check_password_throttled(username=username, password=password, centre=centre) is None
            if turn > 1:
                taken[why].append(time.process_time() - begun)
    medians = {why: statistics.median(times) for why, times in taken.items()}
    assert max(medians.values()) < 1.3 * min(medians.values()), medians


def test_each_refusal_pays_for_one_argon2_and_the_same_statements(centre: Centre, monkeypatch: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    from havn.accounts.hashers import Argon2

    known, closed, blocked = make_staff(centre), make_staff(centre), make_staff(centre)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    elsewhere = make_staff(make_centre(host="elsewhere.example"))
    for _ in range(FREE_TRIES + 8):
        actions.check_password_throttled(username=blocked.username, password="wrong", centre=centre)
    verified: list[str] = []
    verify = Argon2.verify

    def counted(self: Argon2, password: str, encoded: str) -> bool:
        verified.append("once")
        return verify(self, password, encoded)

    monkeypatch.setattr(Argon2, "verify", counted)
    tries = {
        "unknown name": ("nobody-here", "wrong"),
        "wrong": (known.username, "wrong"),
        "closed account": (closed.username, "wrong"),
        "right but closed": (closed.username, PASSWORD),
        "wrong while blocked": (blocked.username, "wrong"),
        "right but blocked": (blocked.username, PASSWORD),
        "right but no role here": (elsewhere.username, PASSWORD),
    }
    seen = {}
    for why, (username, password) in tries.items():
        verified.clear()
        with CaptureQueriesContext(connection) as queries:
            assert actions.check_password_throttled(username=username, password=password, centre=centre) is None
        seen[why] = (len(verified), [query["sql"].split()[0] for query in queries])
    assert len({str(value) for value in seen.values()}) == 1, seen
    assert seen["wrong"][0] == 1


def test_tries_during_a_wait_count_alike_and_make_the_next_wait_longer_but_never_this_one(centre: Centre) -> None:
    ends = {}
    for word in ("wrong", PASSWORD):
        with time_machine.travel(NOW, tick=False) as clock:
            user = make_staff(centre)
            for _ in range(FREE_TRIES + 2):
                post_password(Client(), user.username, "wrong")
            row = SignInThrottle.objects.get(pk=throttle.key_of("sign-in", user.username))
            for _ in range(6):
                assert post_password(Client(), user.username, word).status_code == 403
            during = SignInThrottle.objects.get(pk=row.pk)
            assert during.blocked_until == row.blocked_until
            clock.shift(5)
            post_password(Client(), user.username, "wrong")
            after = SignInThrottle.objects.get(pk=row.pk)
            assert after.blocked_until is not None
            ends[word] = after.blocked_until - now()
            # The longest wait stays the longest, however many tries come while it runs.
            SignInThrottle.objects.filter(pk=row.pk).update(failures=MOST_COUNTED)
            clock.shift(600)
            for _ in range(3):
                post_password(Client(), user.username, "wrong")
            clock.shift(601)
            assert post_password(Client(), user.username).status_code == 302
    assert ends["wrong"] == ends[PASSWORD] > dt.timedelta(seconds=120)


def test_the_right_password_does_not_get_through_a_running_wait_and_does_afterwards(centre: Centre) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        for _ in range(FREE_TRIES + 3):
            post_password(Client(), user.username, "wrong")
        assert post_password(Client(), user.username).status_code == 403
        clock.shift(11)
        assert post_password(Client(), user.username).status_code == 302


def test_waits_of_one_account_slow_nobody_else(centre: Centre) -> None:
    attacked, other = make_staff(centre), make_staff(centre)
    for _ in range(FREE_TRIES + 5):
        post_password(Client(), attacked.username, "wrong")
    assert post_password(Client(), other.username).status_code == 302


def test_the_throttle_keeps_neither_name_nor_address(centre: Centre) -> None:
    Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": "Marker-Agent-9"}).post(
        reverse("accounts:sign_in"), {"username": "marker-name-9", "password": "marker-word-9"}
    )
    row = SignInThrottle.objects.get()
    assert {field.name for field in SignInThrottle._meta.fields} == {
        "key_hash",
        "failures",
        "blocked_until",
        "updated_at",
    }
    assert b"marker" not in bytes(row.key_hash)
    # An unknown name is throttled like a known one.
    assert row.failures == 1


def test_a_session_is_kept_by_its_hash_only_and_its_key_under_the_second_cookie(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_key_opener", lambda user, password: b"private-key-of-thirty-two-bytes!")
    browser = sign_in(make_staff(centre))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_staffsession")
        row = repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in cursor.fetchone()])
    assert browser.begun.session_id not in row
    assert "private-key" not in row
    assert browser.begun.vault_cookie is not None
    assert browser.begun.vault_cookie not in row
    assert bytes.fromhex(browser.begun.vault_cookie).hex() not in row
    assert bytes(browser.session.id_hash) == hash_of(browser.begun.session_id)
    signed_in = staff_session({django_settings.SESSION_COOKIE_NAME: browser.begun.session_id})
    assert signed_in is not None
    assert private_key_of(signed_in, browser.begun.vault_cookie) == b"private-key-of-thirty-two-bytes!"
    assert private_key_of(signed_in, "00" * 32) is None
    assert private_key_of(signed_in, "not hex") is None
    assert private_key_of(signed_in, None) is None


@pytest.mark.parametrize("secure", [False, True])
def test_both_cookies_are_host_only_httponly_lax_and_end_with_the_browser(
    centre: Centre, settings: Any, monkeypatch: pytest.MonkeyPatch, secure: bool
) -> None:
    settings.SECURE = secure
    monkeypatch.setattr(hooks, "_key_opener", lambda user, password: b"k" * 32)
    answer = post_password(Client(), make_staff(centre).username)
    for name in (settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME):
        cookie = answer.cookies[name]
        assert len(cookie.value) >= 43
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")
        assert bool(cookie["secure"]) is secure


def test_signing_in_afresh_ends_the_older_session_of_the_browser(centre: Centre) -> None:
    user = make_staff(centre)
    browser = sign_in(user)
    post_password(browser.client, user.username)
    assert not StaffSession.objects.filter(pk=browser.session.pk).exists()


def test_the_door_leads_back_to_a_desk_page_and_never_elsewhere(centre: Centre) -> None:
    user = make_staff(centre)
    client = sign_in(user).client
    for wish, leads in {
        "/desk/members?x=1": "/desk/members?x=1",
        "https://evil.example/desk": "/desk/home",
        "//evil.example/desk": "/desk/home",
        "/desk//evil.example": "/desk/home",
        "/\\evil.example": "/desk/home",
        "/chat": "/desk/home",
        "/deskevil": "/desk/home",
        "/nb/desk/members": "/nb/desk/members",
    }.items():
        assert client.get(reverse("accounts:sign_in"), {"next": wish}).headers["Location"] == leads, wish


def test_public_pages_look_up_no_session_and_set_no_cookie(centre: Centre, django_assert_num_queries: Any) -> None:
    from django.http import HttpRequest, HttpResponse

    from havn.accounts.sessions import SessionMiddleware

    request = HttpRequest()
    request.path_info = "/chat"
    request.COOKIES[django_settings.SESSION_COOKIE_NAME] = "x" * 43
    with django_assert_num_queries(0):
        answer = SessionMiddleware(lambda request: HttpResponse("words"))(request)
    assert isinstance(answer, HttpResponse)
    assert not answer.cookies
    assert "Vary" not in answer.headers


def test_a_form_without_its_token_is_refused(centre: Centre) -> None:
    client = Client(enforce_csrf_checks=True)
    assert post_password(client, make_staff(centre).username).status_code == 403
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000, "\u200b", "ad\ud83dmin", "' OR 1=1 --", "\n\n"])
def test_odd_names_and_passwords_are_only_refused(centre: Centre, typed: str) -> None:
    quoted = quote_from_bytes(typed.encode("utf-8", "surrogatepass"))
    body = f"username={quoted}&password={quoted}"
    answer = Client().post(reverse("accounts:sign_in"), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 403}


def test_another_app_replaces_the_first_only_when_its_code_and_the_password_fit(centre: Centre) -> None:
    address = reverse("accounts:new_app")
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        first = app_of(user)
        client = sign_in(user).client
        assert "secret" not in client.get(address).context
        wrong = client.post(address, {"password": "wrong"})
        assert wrong.context["form"].errors["password"]
        assert "secret" not in wrong.context
        assert SecondFactor.objects.get(user=user).waiting_sealed is None
        shown = client.post(address, {"password": PASSWORD}).context
        second, proof = pyotp.TOTP(shown["secret"].replace(" ", "")), shown["proof"]
        assert second.secret != first.secret
        for without in ("", "forged", proof[:-1]):
            refused = client.post(address, {"code": second.now(), "proof": without})
            assert "codes" not in refused.context
        wrong = client.post(address, {"code": first.now(), "proof": proof})
        assert wrong.context["form"].errors["code"]
        assert "secret" not in wrong.context
        assert passes(user, first.now())
        clock.shift(60)
        answer = client.post(address, {"code": second.now(), "proof": wrong.context["proof"]})
        assert len(answer.context["codes"]) == 10
        clock.shift(60)
        assert not passes(user, first.now())
        assert passes(user, second.now())


def test_the_password_given_for_a_new_app_counts_for_this_browser_this_secret_and_ten_minutes(centre: Centre) -> None:
    address = reverse("accounts:new_app")
    with time_machine.travel(NOW, tick=False) as clock:
        user = make_staff(centre)
        client, other = sign_in(user).client, sign_in(user).client
        shown = client.post(address, {"password": PASSWORD}).context
        app = pyotp.TOTP(shown["secret"].replace(" ", ""))
        assert "codes" not in other.post(address, {"code": app.now(), "proof": shown["proof"]}).context
        later = other.post(address, {"password": PASSWORD}).context
        assert "codes" not in client.post(address, {"code": app.now(), "proof": shown["proof"]}).context
        clock.shift(601)
        app = pyotp.TOTP(later["secret"].replace(" ", ""))
        assert "codes" not in other.post(address, {"code": app.now(), "proof": later["proof"]}).context


def passes(user: User, code: str) -> bool:
    """Whether the code completes a sign-in."""
    client = Client()
    post_password(client, user.username)
    return bool(client.post(reverse("accounts:second_step"), {"code": code}).status_code == 302)


def test_a_longer_name_is_nobodys_and_escapes_no_wait(centre: Centre) -> None:
    user = make_staff(centre, username="x" * 60)
    assert post_password(Client(), user.username + "1").status_code == 403
    assert post_password(Client(), f"  {user.username.upper()} ").status_code == 302


@pytest.mark.parametrize(
    ("role", "screen"), [("counsellor", "/desk"), ("editor", "/desk/editor/"), ("administrator", "/desk/directory")]
)
def test_who_asks_for_nothing_but_the_desk_comes_to_the_first_screen_of_their_own_menu(role: str, screen: str) -> None:
    client = signed_in_client(make_staff(make_centre(host="testserver"), role))
    assert client.get("/desk/home").headers["Location"] == screen
