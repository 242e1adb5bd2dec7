"""Inviting, changing and removing members, and who may."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from havn.accounts import actions, hooks
from havn.accounts.models import Invitation, Membership, Role, SecondFactor, StaffSession, User
from havn.accounts.queries import roles_of
from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.config.command import main
from havn.tenancy.models import Centre, Organisation
from tests.accounts.conftest import Heard
from tests.accounts.factories import PASSWORD, make_centre, make_organisation, make_staff, sign_in, signed_in_client

pytestmark = pytest.mark.django_db
NOW = "2026-03-02T09:00:00+00:00"
NEWCOMER: dict[str, Any] = {
    "name": "Ingrid Invented",
    "shown_name": "Ingrid",
    "language": "en",
    "speaks": ["en", "nb"],
    "username": "Ingrid",
    "new_password": "a-rope-and-two-knots",
    "again": "a-rope-and-two-knots",
}


@pytest.fixture
def organisation(centre: Centre) -> Organisation:
    return centre.organisations.get()


def link_from(answer: Any) -> str:
    found = re.search(r'value="http://testserver(/desk/accept/[^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def invite_by_screen(organisation: Organisation, *roles: str) -> str:
    client = signed_in_client(make_staff(organisation, "coordinator"))
    return link_from(
        client.post(reverse("accounts:invite"), {"organisation": organisation.pk, "roles": roles or ["counsellor"]})
    )


def test_an_invitation_makes_a_member_with_its_roles_who_then_sets_up_the_app(organisation: Organisation) -> None:
    link, client = invite_by_screen(organisation, "counsellor", "supervisor"), Client()
    assert client.get(link).status_code == 200
    answer = client.post(link, NEWCOMER)
    assert answer.headers["Location"] == reverse("accounts:second_step")
    user = User.objects.get(username="ingrid")
    assert roles_of(user, organisation.pk) == {"counsellor", "supervisor"}
    assert user.check_password(NEWCOMER["new_password"])
    assert user.speaks == ["en", "nb"]
    assert "secret" in client.get(reverse("accounts:second_step")).context
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_the_key_pair_is_made_with_the_password_of_the_invitation(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, str]] = []
    monkeypatch.setattr(hooks, "_key_maker", lambda user, password: lambda: made.append((user.pk, password)))
    link = invite_by_screen(organisation)
    made.clear()
    Client().post(link, NEWCOMER)
    assert made == [(User.objects.get(username="ingrid").pk, NEWCOMER["new_password"])]


def test_an_invitation_works_once(organisation: Organisation) -> None:
    link = invite_by_screen(organisation)
    Client().post(link, NEWCOMER)
    assert Client().get(link).status_code == 404
    assert Client().post(link, {**NEWCOMER, "username": "second"}).status_code == 404
    assert not User.objects.filter(username="second").exists()


def test_an_invitation_works_for_72_hours(organisation: Organisation) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        link = invite_by_screen(organisation)
        clock.shift(72 * 3600 - 1)
        assert Client().get(link).status_code == 200
        clock.shift(1)
        assert Client().post(link, NEWCOMER).status_code == 404


def test_the_link_is_kept_as_a_hash_only(organisation: Organisation) -> None:
    token = invite_by_screen(organisation).rsplit("/", 1)[1]
    row = Invitation.objects.get()
    assert token.encode() not in bytes(row.token_hash)
    assert len(bytes(row.token_hash)) == 32
    assert token not in str(list(Entry.objects.values_list("codes", "subject")))


def test_used_expired_withdrawn_and_unknown_links_read_the_same(organisation: Organisation) -> None:
    used, withdrawn = invite_by_screen(organisation), invite_by_screen(organisation)
    Client().post(used, NEWCOMER)
    client = signed_in_client(make_staff(organisation, "coordinator"))
    waiting = Invitation.objects.get(used_at__isnull=True)
    client.post(reverse("accounts:withdraw", args=[waiting.pk]))
    unknown = reverse("accounts:accept", args=["x" * 43])
    pages = {Client().get(link).content.decode() for link in (used, withdrawn, unknown)}
    assert len(pages) == 1


def test_a_link_of_one_centre_opens_nothing_at_another(organisation: Organisation) -> None:
    link = invite_by_screen(organisation)
    make_centre(host="elsewhere.example")
    assert Client(headers={"host": "elsewhere.example"}).get(link).status_code == 404


def test_a_taken_username_is_said_and_the_link_still_works(organisation: Organisation) -> None:
    make_staff(organisation, username="ingrid")
    link = invite_by_screen(organisation)
    assert Client().post(link, NEWCOMER).context["form"].errors["username"]
    assert Client().post(link, {**NEWCOMER, "username": "ingrid2"}).status_code == 302


def test_somebody_with_an_account_takes_the_roles_with_it(organisation: Organisation) -> None:
    other = make_organisation(organisation.centre)
    user = make_staff(other)
    link = invite_by_screen(organisation, "supervisor")
    signed_in_client(user).post(link + "/join")
    assert roles_of(user, organisation.pk) == {"supervisor"}
    assert roles_of(user, other.pk) == {"counsellor"}
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("giver", "gives", "allowed"),
    [
        ("coordinator", "counsellor", True),
        ("coordinator", "supervisor", True),
        ("coordinator", "coordinator", True),
        ("coordinator", "administrator", False),
        ("administrator", "administrator", True),
        ("administrator", "counsellor", True),
        ("supervisor", "counsellor", False),
        ("counsellor", "counsellor", False),
    ],
)
def test_who_may_invite_as_what(organisation: Organisation, giver: str, gives: str, allowed: bool) -> None:
    actor = make_staff(organisation, giver)
    if allowed:
        assert actions.invite(actor=actor, organisation=organisation, roles=[gives])
    else:
        with pytest.raises(NotAllowed):
            actions.invite(actor=actor, organisation=organisation, roles=[gives])


def test_a_coordinator_of_one_organisation_invites_nobody_into_another(organisation: Organisation) -> None:
    other = make_organisation(organisation.centre)
    actor = make_staff(other, "coordinator")
    with pytest.raises(NotAllowed):
        actions.invite(actor=actor, organisation=organisation, roles=["counsellor"])
    client = signed_in_client(actor)
    answer = client.post(reverse("accounts:invite"), {"organisation": organisation.pk, "roles": ["counsellor"]})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_changing_roles_tells_the_others_and_the_trail(organisation: Organisation, heard: Heard) -> None:
    actor, member = make_staff(organisation, "coordinator"), make_staff(organisation)
    heard.sessions.clear()
    client = signed_in_client(actor)
    client.post(reverse("accounts:member", args=[organisation.pk, member.pk]), {"roles": ["supervisor"]})
    assert roles_of(member, organisation.pk) == {"supervisor"}
    assert member.pk in heard.sessions
    told = Entry.objects.filter(actor_id=actor.pk, subject=f"user:{member.pk}").values_list("action", flat=True)
    assert sorted(told) == ["accounts.role.given", "accounts.role.taken"]


def test_an_administrator_is_changed_by_an_administrator_only(organisation: Organisation) -> None:
    administrator = make_staff(organisation, "administrator")
    coordinator = make_staff(organisation, "coordinator")
    for change in (
        lambda: actions.change_roles(
            actor=coordinator, member=administrator, organisation=organisation, roles=["counsellor"]
        ),
        lambda: actions.remove_member(actor=coordinator, member=administrator, organisation=organisation),
        lambda: actions.invite_again(actor=coordinator, member=administrator, organisation=organisation),
        lambda: actions.reset_second_factor(actor=coordinator, member=administrator, organisation=organisation),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert roles_of(administrator, organisation.pk) == {"administrator"}


def test_nobody_changes_their_own_roles(organisation: Organisation) -> None:
    actor = make_staff(organisation, "coordinator")
    with pytest.raises(NotAllowed):
        actions.change_roles(actor=actor, member=actor, organisation=organisation, roles=["coordinator", "supervisor"])


def test_a_reset_needs_the_right_in_every_organisation_of_the_member(organisation: Organisation) -> None:
    # Otherwise a coordinator here could take over somebody's account and with it their roles elsewhere.
    other = make_organisation(organisation.centre)
    member, actor = make_staff(organisation), make_staff(organisation, "coordinator")
    Membership.objects.create(user=member, organisation=other, role=Role.COORDINATOR)
    for reset in (actions.invite_again, actions.reset_second_factor):
        with pytest.raises(NotAllowed):
            reset(actor=actor, member=member, organisation=organisation)
    assert User.objects.get(pk=member.pk).check_password(PASSWORD)


def test_a_removed_member_is_out_at_once(organisation: Organisation, heard: Heard) -> None:
    member = make_staff(organisation)
    browser = sign_in(member)
    client = signed_in_client(make_staff(organisation, "coordinator"))
    heard.sessions.clear()
    client.post(reverse("accounts:remove", args=[organisation.pk, member.pk]))
    assert browser.client.get(reverse("accounts:profile")).status_code == 302
    assert not StaffSession.objects.filter(user=member).exists()
    assert heard.removed[-1][:2] == (member.pk, organisation.pk)
    assert member.pk in heard.sessions
    login = Client().post(reverse("accounts:sign_in"), {"username": member.username, "password": PASSWORD})
    assert login.status_code == 403
    assert User.objects.filter(pk=member.pk, is_active=False).exists()


def test_somebody_removed_from_one_organisation_keeps_the_other(organisation: Organisation) -> None:
    other = make_organisation(organisation.centre)
    member = make_staff(organisation)
    Membership.objects.create(user=member, organisation=other, role=Role.COUNSELLOR)
    actor = make_staff(organisation, "coordinator")
    actions.remove_member(actor=actor, member=member, organisation=organisation)
    assert User.objects.get(pk=member.pk).is_active
    assert not roles_of(member, organisation.pk)
    assert roles_of(member, other.pk)


def test_a_lost_password_ends_the_old_one_and_gives_new_keys(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    member = make_staff(organisation)
    browser = sign_in(member)
    client = signed_in_client(make_staff(organisation, "coordinator"))
    link = link_from(client.post(reverse("accounts:lost", args=[organisation.pk, member.pk, "password"])))
    assert not StaffSession.objects.filter(pk=browser.session.pk).exists()
    sign_in_url = reverse("accounts:sign_in")
    assert Client().post(sign_in_url, {"username": member.username, "password": PASSWORD}).status_code == 403
    monkeypatch.setattr(hooks, "_key_maker", lambda user, password: lambda: made.append(user.pk))
    fresh = {"new_password": "a-rope-and-two-knots", "again": "a-rope-and-two-knots"}
    assert Client().post(link, fresh).headers["Location"] == reverse("accounts:second_step")
    assert made == [member.pk]
    assert roles_of(member, organisation.pk) == {"counsellor"}
    assert Client().post(link, fresh).status_code == 404


def test_a_lost_telephone_asks_for_a_new_app_after_the_password(organisation: Organisation) -> None:
    member = make_staff(organisation)
    actions.prepare_second_factor(user=member)
    client = signed_in_client(make_staff(organisation, "coordinator"))
    client.post(reverse("accounts:lost", args=[organisation.pk, member.pk, "app"]))
    assert not SecondFactor.objects.filter(user=member).exists()
    browser = Client()
    browser.post(reverse("accounts:sign_in"), {"username": member.username, "password": PASSWORD})
    assert "secret" in browser.get(reverse("accounts:second_step")).context


def test_the_members_of_another_centre_are_not_found(organisation: Organisation) -> None:
    elsewhere = make_centre(host="elsewhere.example").organisations.get()
    stranger = make_staff(elsewhere)
    client = signed_in_client(make_staff(organisation, "administrator"))
    assert stranger.name not in client.get(reverse("accounts:members")).content.decode()
    for name in ("member", "remove"):
        path = reverse(f"accounts:{name}", args=[elsewhere.pk, stranger.pk])
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_a_session_of_one_centre_opens_nothing_at_another(organisation: Organisation) -> None:
    make_centre(host="elsewhere.example")
    client = signed_in_client(make_staff(organisation, "administrator"), host="elsewhere.example")
    assert client.get(reverse("accounts:members")).status_code == 403


def test_the_list_of_members_asks_the_same_few_questions_for_many(
    organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    client = signed_in_client(make_staff(organisation, "coordinator"))
    for _ in range(12):
        make_staff(organisation)
    with django_assert_max_num_queries(21):
        client.get(reverse("accounts:members"))


def test_removing_twice_is_refused_with_a_sentence(organisation: Organisation) -> None:
    actor, member = make_staff(organisation, "coordinator"), make_staff(organisation)
    actions.remove_member(actor=actor, member=member, organisation=organisation)
    with pytest.raises(Refused):
        actions.change_roles(actor=actor, member=member, organisation=organisation, roles=["counsellor"])


def test_nobody_takes_roles_by_a_link_they_made_themselves(organisation: Organisation) -> None:
    actor = make_staff(organisation, "coordinator")
    token = actions.invite(actor=actor, organisation=organisation, roles=["supervisor"])
    with pytest.raises(NotAllowed):
        actions.join_as(token=token, user=actor)
    client, link = signed_in_client(actor), reverse("accounts:accept", args=[token])
    assert client.post(link + "/join").status_code == 403
    assert roles_of(actor, organisation.pk) == {"coordinator"}
    # The link still works for whom it was made.
    other = make_staff(organisation)
    assert signed_in_client(other).post(link + "/join").status_code == 302
    assert roles_of(other, organisation.pk) == {"counsellor", "supervisor"}


@pytest.mark.parametrize("state", ["open", "locked", "halfway"])
def test_nobody_signed_in_makes_a_second_account_by_their_own_link(organisation: Organisation, state: str) -> None:
    actor = make_staff(organisation, "coordinator")
    token = actions.invite(actor=actor, organisation=organisation, roles=["supervisor"])
    browser, link = sign_in(actor), reverse("accounts:accept", args=[token])
    if state == "locked":
        StaffSession.objects.filter(pk=browser.session.pk).update(locked_at=browser.session.created_at)
    if state == "halfway":
        StaffSession.objects.filter(pk=browser.session.pk).update(second_factor_at=None)
    for answer in (browser.client.get(link), browser.client.post(link, NEWCOMER)):
        assert answer.status_code == 403
        assert "You made this link yourself" in answer.content.decode()
        assert ('href="/desk"' in answer.content.decode().partition("<main")[2]) is (state != "halfway")
    assert not User.objects.filter(username="ingrid").exists()
    assert Client().post(link, NEWCOMER).status_code == 302


@pytest.mark.parametrize("loss", ["removed", "demoted"])
def test_who_loses_a_role_does_not_come_back_by_a_link_of_their_own(organisation: Organisation, loss: str) -> None:
    leaver, actor = make_staff(organisation, "coordinator"), make_staff(organisation, "administrator")
    token = actions.invite(actor=leaver, organisation=organisation, roles=["coordinator"])
    if loss == "removed":
        actions.remove_member(actor=actor, member=leaver, organisation=organisation)
    else:
        actions.change_roles(actor=actor, member=leaver, organisation=organisation, roles=["counsellor"])
    assert Client().get(reverse("accounts:accept", args=[token])).status_code == 404


def test_the_first_people_come_in_by_a_link_from_the_command_line(
    organisation: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    centre = organisation.centre
    assert main(["accounts", "invite-first", centre.slug, organisation.slug, "--host", "testserver"]) == 0
    link = capsys.readouterr().out.strip().splitlines()[-1].removeprefix("http://testserver")
    assert Client().post(link, NEWCOMER).status_code == 302
    assert roles_of(User.objects.get(username="ingrid"), organisation.pk) == {"coordinator", "administrator"}
    assert main(["accounts", "invite-first", centre.slug, "nowhere"]) == 1
    assert organisation.slug in capsys.readouterr().err
