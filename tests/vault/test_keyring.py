"""What one session opens, and how fast that ends."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from havn.accounts import hooks
from havn.accounts.models import Role, User
from havn.accounts.sessions import SignedIn, staff_session
from havn.tenancy.models import Service
from havn.vault import api, memory
from havn.vault import keyring as keyring_module
from havn.vault.models import ConversationKeyWrap, TeamKeyWrap
from tests.accounts.factories import PASSWORD, Browser, sign_in
from tests.tenancy.factories import make_centre, make_organisation, make_service
from tests.vault.factories import give_team_key, keyring_with_password, make_member, seal_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def counsellor(service: Service) -> User:
    user = make_member(service, password=PASSWORD)
    give_team_key(service, [user], password=PASSWORD)
    return user


@pytest.fixture
def browser(counsellor: User) -> Browser:
    return sign_in(counsellor)


def cookies_of(browser: Browser) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser.client.cookies.items()}


def signed_in(browser: Browser) -> SignedIn:
    found = staff_session(cookies_of(browser))
    assert found
    return found


def keyring_of(browser: Browser) -> api.Keyring:
    return api.keyring_of_cookies(signed_in(browser), cookies_of(browser))


def test_a_session_opens_its_services_talks_and_no_others(service: Service, browser: Browser) -> None:
    other = make_service(service.organisation)
    far = make_service(make_organisation(make_centre(host=None)))
    for elsewhere in (other, far):
        give_team_key(elsewhere, [make_member(elsewhere)])
    mine, key = seal_conversation(service)
    theirs = [seal_conversation(elsewhere)[0] for elsewhere in (other, far)]
    keyring = keyring_of(browser)
    assert keyring.conversation_key(mine) == key
    assert keyring.holds(service.id)
    assert not keyring.holds(other.id)
    assert not keyring.holds(far.id)
    said = set()
    for number in (*theirs, 12345):
        with pytest.raises(api.KeyUnavailable) as refusal:
            keyring.conversation_key(number)
        said.add(refusal.value.sentence)
    assert len(said) == 1


def test_a_wrap_copied_from_another_service_opens_nothing(service: Service, browser: Browser) -> None:
    other = make_service(service.organisation)
    give_team_key(other, [make_member(other)])
    talk, _key = seal_conversation(other)
    mine = TeamKeyWrap.objects.get(user_id=signed_in(browser).user_id)
    ConversationKeyWrap.objects.filter(pk=talk).update(team_key=mine.team_key_id)
    with pytest.raises(api.KeyUnavailable):
        keyring_of(browser).conversation_key(talk)


def test_a_colleagues_wrap_copied_to_me_opens_nothing(service: Service, browser: Browser) -> None:
    waiting = make_member(service)
    wrap = TeamKeyWrap.objects.filter(user_id=signed_in(browser).user_id).get()
    TeamKeyWrap.objects.create(
        team_key=wrap.team_key, user=waiting, wrapped=bytes(wrap.wrapped), created_at=wrap.created_at
    )
    talk, _key = seal_conversation(service)
    with pytest.raises(api.KeyUnavailable):
        keyring_with_password(waiting).conversation_key(talk)


@pytest.mark.parametrize("cookie", [None, "", "0" * 64, "zz", "ø" * 64, "0" * 100_000])
def test_without_the_second_cookie_nothing_opens(service: Service, browser: Browser, cookie: str | None) -> None:
    talk, _key = seal_conversation(service)
    assert keyring_of(browser).conversation_key(talk)  # remembered: a wrong cookie must not find it
    keyring = api.keyring_for(signed_in(browser), cookie)
    assert not keyring.is_open
    assert not keyring.holds(service.id)
    with pytest.raises(api.KeyUnavailable):
        keyring.conversation_key(talk)
    assert keyring_of(browser).conversation_key(talk)


def test_another_sessions_cookie_opens_nothing(counsellor: User, service: Service, browser: Browser) -> None:
    other = sign_in(counsellor)
    assert not api.keyring_for(signed_in(browser), cookies_of(other)[settings.VAULT_COOKIE_NAME]).is_open


def test_the_keyring_is_kept_for_a_session_and_forgotten_by_session_and_by_person(browser: Browser) -> None:
    kept = keyring_of(browser)
    assert keyring_of(browser) is kept
    api.forget_session(signed_in(browser).session_id_hash)
    assert not kept.is_open
    again = keyring_of(browser)
    assert again is not kept
    assert again.is_open
    api.forget_user(signed_in(browser).user_id)
    assert not again.is_open


def test_a_stream_that_still_holds_an_old_keyring_is_reached_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "KEPT_SECONDS", -1.0)
    first, second = keyring_of(browser), keyring_of(browser)
    assert first is not second
    api.forget_user(first.user_id)
    assert not first.is_open
    assert not second.is_open


def test_a_changed_session_closes_keyrings_when_it_is_committed(
    browser: Browser, django_capture_on_commit_callbacks: object
) -> None:
    keyring = keyring_of(browser)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        hooks.session_changed(keyring.user_id)
        assert keyring.is_open
    assert not keyring.is_open


def test_a_locked_session_opens_nothing(service: Service, browser: Browser) -> None:
    from havn.common import clock

    talk, _key = seal_conversation(service)
    browser.session.locked_at = clock.now()
    browser.session.save()
    keyring = keyring_of(browser)
    assert not keyring.is_open
    with pytest.raises(api.KeyUnavailable):
        keyring.conversation_key(talk)


def test_even_without_a_word_a_removed_member_is_shut_out_after_a_moment(
    service: Service, counsellor: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_module, "GRANTS_SECONDS", 0.0)
    talk, key = seal_conversation(service)
    keyring = keyring_of(browser)
    assert keyring.conversation_key(talk) == key
    TeamKeyWrap.objects.filter(user=counsellor).delete()
    with pytest.raises(api.KeyUnavailable):
        keyring.conversation_key(talk)
    assert not keyring.holds(service.id)


def test_a_destroyed_talk_opens_no_more_and_its_key_is_forgotten(
    service: Service, browser: Browser, django_capture_on_commit_callbacks: object
) -> None:
    talk, _key = seal_conversation(service)
    other, other_key = seal_conversation(service)
    keyring = keyring_of(browser)
    keyring.conversation_key(talk)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert api.destroy_conversation_keys([talk, 999]) == 1
    with pytest.raises(api.KeyUnavailable):
        keyring.conversation_key(talk)
    assert keyring.conversation_key(other) == other_key


def test_no_more_keys_are_kept_than_said(service: Service, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_module, "MOST_CONVERSATIONS", 3)
    talks = dict(seal_conversation(service) for _each in range(5))
    keyring = keyring_of(browser)
    assert {talk: keyring.conversation_key(talk) for talk in talks} == talks
    assert len(keyring._conversations) == 3


def test_no_more_sessions_are_kept_than_said(
    service: Service, browser: Browser, counsellor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST_SESSIONS", 2)
    for one in [sign_in(counsellor) for _each in range(4)]:
        assert keyring_of(one).is_open
    assert len(memory._kept) == 2


def test_a_request_has_one_keyring_and_nobody_signed_in_has_a_closed_one(service: Service, browser: Browser) -> None:
    request = RequestFactory().get("/desk")
    request.staff = None  # type: ignore[attr-defined]
    assert not api.keyring_of(request).is_open
    request = RequestFactory().get("/desk")
    request.COOKIES = cookies_of(browser)
    request.staff = signed_in(browser)  # type: ignore[attr-defined]
    keyring = api.keyring_of(request)
    assert keyring.is_open
    assert api.keyring_of(request) is keyring


def test_an_unconfirmed_set_up_opens_and_seals_nothing(service: Service) -> None:
    other = make_service(service.organisation)
    lead = make_member(other, Role.COORDINATOR)
    api.set_up_team(service=other, by=lead)
    assert not keyring_with_password(lead).holds(other.id)
    with pytest.raises(api.NoTeamKey):
        api.current_team_key(other.id)


def test_the_public_key_of_a_team_is_asked_for_once_a_second_at_most(
    service: Service, counsellor: User, django_assert_num_queries: object
) -> None:
    api.current_team_key(service.id)
    with django_assert_num_queries(0):  # type: ignore[operator]
        for _each in range(100):
            api.current_team_key(service.id)


def test_after_the_key_was_changed_an_open_keyring_reads_the_very_next_talk(
    service: Service, counsellor: User, browser: Browser
) -> None:
    keyring = keyring_of(browser)
    assert keyring.holds(service.id)
    api.rotate_team_key(service=service, by=make_member(service, Role.COORDINATOR))
    talk, key = seal_conversation(service)
    assert keyring.conversation_key(talk) == key
