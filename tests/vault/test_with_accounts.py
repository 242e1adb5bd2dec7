"""The vault behind accounts: invitation, another password, a lost one, a changed role, leaving."""

import pytest
from django.db import connection

from havn.accounts import actions as accounts
from havn.accounts import hashers
from havn.accounts.models import Membership, Role, User
from havn.accounts.sessions import staff_session
from havn.tenancy.models import Service
from havn.vault import api
from havn.vault.models import StaffKey, TeamKeyWrap
from tests.accounts.factories import PASSWORD, Browser, sign_in
from tests.tenancy.factories import make_service
from tests.vault.factories import give_team_key, keyring_with_password, seal_conversation
from tests.vault.factories import make_member as make_member_of

pytestmark = pytest.mark.django_db
NEW = "another lantern in the fog"


def make_member(service: Service, *roles: str) -> User:
    return make_member_of(service, *roles, password=PASSWORD)


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def lead(service: Service) -> User:
    return make_member(service, Role.COORDINATOR, Role.ADMINISTRATOR)


def opens(browser: Browser, talk: int) -> bool:
    cookies = {name: morsel.value for name, morsel in browser.client.cookies.items()}
    signed_in = staff_session(cookies)
    assert signed_in
    try:
        return bool(api.keyring_of_cookies(signed_in, cookies).conversation_key(talk))
    except api.KeyUnavailable:
        return False


def test_accepting_an_invitation_makes_a_key_and_being_let_in_opens_talks(service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    talk, _key = seal_conversation(service)
    token = accounts.invite(actor=lead, organisation=service.organisation, roles=[Role.COUNSELLOR])
    member = accounts.accept_invitation(
        token=token, password=PASSWORD, username="mari", name="Mari Lie", shown_name="Mari"
    )
    assert not opens(sign_in(member), talk)
    api.let_in(service=service, member=member, by=lead, keyring=keyring_with_password(lead, PASSWORD))
    assert opens(sign_in(member), talk)


def test_another_password_keeps_what_one_can_open(service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    talk, _key = seal_conversation(service)
    browser = sign_in(lead)
    assert accounts.change_password(
        user=lead,
        old=PASSWORD,
        new=NEW,
        centre_id=service.organisation.centre_id,
        session_id_hash=bytes(browser.session.id_hash),
    )
    assert opens(sign_in(lead, password=NEW), talk)
    assert api.open_staff_key(lead, PASSWORD) is None


def test_a_lost_password_ends_in_a_new_key_that_waits_to_be_let_in(service: Service, lead: User) -> None:
    member = make_member(service)
    give_team_key(service, [lead, member])
    talk, _key = seal_conversation(service)
    token = accounts.invite_again(actor=lead, member=member, organisation=service.organisation)
    accounts.accept_invitation(token=token, password=NEW)
    assert not TeamKeyWrap.objects.filter(user=member).exists()
    assert not opens(sign_in(member, password=NEW), talk)
    api.let_in(service=service, member=member, by=lead, keyring=keyring_with_password(lead, PASSWORD))
    assert opens(sign_in(member, password=NEW), talk)


def test_leaving_takes_every_key_and_the_service_gets_a_new_one(service: Service, lead: User) -> None:
    member = make_member(service)
    give_team_key(service, [lead, member])
    accounts.remove_member(actor=lead, member=member, organisation=service.organisation)
    assert not TeamKeyWrap.objects.filter(user=member).exists()
    assert not StaffKey.objects.filter(user=member).exists()
    assert api.current_team_key(service.id).generation == 2


def test_losing_the_reading_role_takes_the_key_and_getting_it_back_does_not_give_it(
    service: Service, lead: User
) -> None:
    member = make_member(service)
    give_team_key(service, [lead, member])
    for roles in ([Role.ADMINISTRATOR], [Role.COUNSELLOR]):
        accounts.change_roles(actor=lead, member=member, organisation=service.organisation, roles=roles)
        assert not TeamKeyWrap.objects.filter(user=member).exists()
    assert Membership.objects.get(user=member).role == Role.COUNSELLOR
    assert StaffKey.objects.filter(user=member).exists()


def test_passwords_are_never_worked_on_inside_a_transaction(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth = len(connection.savepoint_ids)
    worked: list[int] = []
    real = hashers.stretch

    def watched(*words: object) -> bytes:
        worked.append(len(connection.savepoint_ids))
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("havn.vault.password_keys.stretch", watched)
    token = accounts.invite(actor=lead, organisation=service.organisation, roles=[Role.COUNSELLOR])
    member = accounts.accept_invitation(
        token=token, password=PASSWORD, username="mari", name="Mari Lie", shown_name="Mari"
    )
    browser = sign_in(member)
    accounts.change_password(
        user=member,
        old=PASSWORD,
        new=NEW,
        centre_id=service.organisation.centre_id,
        session_id_hash=bytes(browser.session.id_hash),
    )
    token = accounts.invite_again(actor=lead, member=member, organisation=service.organisation)
    accounts.accept_invitation(token=token, password=NEW)
    assert worked
    assert set(worked) == {depth}
