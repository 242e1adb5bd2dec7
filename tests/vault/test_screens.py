"""The key screens as staff use them: set-up, letting in, removing, changing, recovering."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts.models import Role, User
from havn.tenancy.models import Service
from havn.vault import api
from havn.vault.models import StaffKey, TeamKey, TeamKeyWrap
from havn.vault.queries import key_check
from tests.accounts.factories import PASSWORD, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation, make_service
from tests.vault.factories import give_team_key, keyring_with_password, seal_conversation
from tests.vault.factories import make_member as make_member_of

pytestmark = pytest.mark.django_db


def make_member(service: Service, *roles: str) -> User:
    return make_member_of(service, *roles, password=PASSWORD)


@pytest.fixture
def service() -> Service:
    return make_service(make_organisation(make_centre(host="testserver")))


@pytest.fixture
def lead(service: Service) -> User:
    return make_member(service, Role.COORDINATOR)


@pytest.fixture
def desk(lead: User) -> Client:
    return signed_in_client(lead)


def paper_on(html: str) -> str:
    return "-".join(re.findall(r"<li>([0-9A-Z]{4})</li>", html))


def test_setting_up_shows_the_recovery_key_once_and_asks_for_its_end(desk: Client, service: Service) -> None:
    address = reverse("vault:set_up", args=[service.pk])
    assert "Make the key" in desk.get(address).content.decode()
    shown = desk.post(address)
    paper = paper_on(shown.content.decode())
    assert len(paper.split("-")) == 8
    assert shown.headers["Cache-Control"] == "no-store"

    confirm = reverse("vault:confirm", args=[service.pk])
    again = desk.get(confirm).content.decode()
    assert paper_on(again) == ""
    assert paper[-9:] not in again
    wrong = desk.post(confirm, {"typed": "AAAA AAAA"}).content.decode()
    assert "not the last two groups" in wrong
    assert "AAAA" not in wrong
    done = desk.post(confirm, {"typed": paper[-9:].lower()}, follow=True)
    assert "is confirmed" in done.content.decode()
    assert api.is_set_up(service.pk)
    assert desk.get(address).status_code == 302


def test_a_member_who_waits_is_let_in_with_one_press(desk: Client, service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    talk, key = seal_conversation(service)
    member = make_member(service)
    page = desk.get(reverse("vault:team", args=[service.pk])).content.decode()
    assert "Waiting to be let in" in page
    assert member.name in page

    fields = {"member": member.pk, "key_check": check_on(page, member)}
    done = desk.post(reverse("vault:let_in", args=[service.pk]), fields, follow=True)

    assert f"{member.name} is let in" in done.content.decode()
    assert keyring_with_password(member, PASSWORD).conversation_key(talk) == key


def test_a_key_changed_since_the_check_was_read_out_is_not_let_in(desk: Client, service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    member = make_member(service)
    page = desk.get(reverse("vault:team", args=[service.pk])).content.decode()
    StaffKey.objects.filter(user=member).update(public=bytes(range(32)))
    fields = {"member": member.pk, "key_check": check_on(page, member)}
    answer = desk.post(reverse("vault:let_in", args=[service.pk]), fields)
    assert answer.status_code == 409
    assert "key has changed" in answer.content.decode()
    assert desk.post(reverse("vault:let_in", args=[service.pk]), {"member": member.pk}).status_code == 409
    assert not TeamKeyWrap.objects.filter(user=member).exists()


def check_on(html: str, member: User) -> str:
    """The key check in the form that lets this member in."""
    fields = rf'name="member" value="{member.pk}">\s*<input type="hidden" name="key_check" value="([^"]+)"'
    found = re.search(fields, html)
    assert found
    return found[1]


def test_the_key_check_that_a_member_reads_out_is_the_one_the_colleague_sees(
    desk: Client, service: Service, lead: User
) -> None:
    give_team_key(service, [lead])
    member = make_member(service)
    own = signed_in_client(member).get(reverse("vault:keys")).content.decode()
    check = re.search(r'class="key-check"[^>]*>([0-9A-Z-]{14})<', own)
    assert check
    assert check[1] in desk.get(reverse("vault:team", args=[service.pk])).content.decode()


def test_taking_a_member_out_says_what_follows_and_brings_older_talks_to_the_new_key(
    desk: Client, service: Service, lead: User
) -> None:
    member = make_member(service)
    give_team_key(service, [lead, member])
    talk, key = seal_conversation(service)
    address = reverse("vault:remove", args=[service.pk, member.pk])
    assert "keys to this service are destroyed" in desk.get(address).content.decode()

    page = desk.post(address, follow=True).content.decode()

    assert "read talks any more" in page
    assert not TeamKeyWrap.objects.filter(user=member).exists()
    assert TeamKey.objects.get(conversation_wraps__pk=talk).generation == 2
    assert keyring_with_password(lead, PASSWORD).conversation_key(talk) == key


def test_the_last_holder_is_taken_out_only_with_the_box_ticked(desk: Client, service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    address = reverse("vault:remove", args=[service.pk, lead.pk])
    assert "last member who holds the key" in desk.get(address).content.decode()
    assert desk.post(address).status_code == 409
    assert api.holds(lead.pk, service.pk)
    assert desk.post(address, {"even_last": "on"}).status_code == 302
    assert not api.holds(lead.pk, service.pk)


def test_changing_the_key_and_making_a_new_paper(desk: Client, service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    assert desk.post(reverse("vault:rotate", args=[service.pk])).status_code == 302
    assert api.current_team_key(service.pk).generation == 2
    assert "opens nothing" in desk.get(reverse("vault:new_paper", args=[service.pk])).content.decode()
    paper = paper_on(desk.post(reverse("vault:new_paper", args=[service.pk])).content.decode())
    assert "not confirmed" in desk.get(reverse("vault:team", args=[service.pk])).content.decode()
    assert desk.post(reverse("vault:confirm", args=[service.pk]), {"typed": paper[-9:]}).status_code == 302
    api.open_with_recovery_key(service=service, by=lead, typed=paper)


def test_the_paper_opens_a_service_and_a_wrong_one_is_not_sent_back(service: Service, lead: User) -> None:
    paper = give_team_key(service, [lead])
    member = make_member(service)
    browser = signed_in_client(member)
    address = reverse("vault:recover", args=[service.pk])
    wrong = browser.post(address, {"typed": "ABCD " * 8}).content.decode()
    assert "not this service" in wrong
    assert "ABCD" not in wrong
    done = browser.post(address, {"typed": paper.text}, follow=True)
    assert "You are let in" in done.content.decode()
    assert api.holds(member.pk, service.pk)


def test_an_administrator_sees_the_team_and_can_change_nothing(service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    browser = signed_in_client(make_member(service, Role.ADMINISTRATOR))
    page = browser.get(reverse("vault:team", args=[service.pk]))
    assert page.status_code == 200
    assert 'action="/desk/keys' not in page.content.decode()
    assert "you hold no key" in browser.get(reverse("vault:keys")).content.decode()
    for name in ("rotate", "new_paper", "recover", "confirm", "set_up"):
        assert browser.post(reverse(f"vault:{name}", args=[service.pk])).status_code == 403
    fields = {"member": lead.pk, "key_check": key_check(lead.pk)}
    assert browser.post(reverse("vault:let_in", args=[service.pk]), fields).status_code == 403
    assert browser.post(reverse("vault:remove", args=[service.pk, lead.pk])).status_code == 403


@pytest.mark.parametrize("same_centre", [True, False])
def test_nothing_of_another_organisations_service_is_shown_or_done(
    desk: Client, service: Service, lead: User, same_centre: bool
) -> None:
    centre = service.organisation.centre if same_centre else make_centre(host="other")
    other = make_service(make_organisation(centre))
    there = make_member(other, Role.COORDINATOR)
    give_team_key(other, [there])
    expected = 403 if same_centre else 404
    assert desk.get(reverse("vault:team", args=[other.pk])).status_code == expected
    for name in ("rotate", "new_paper", "recover", "confirm", "set_up"):
        assert desk.post(reverse(f"vault:{name}", args=[other.pk])).status_code == expected
    assert desk.post(reverse("vault:remove", args=[other.pk, there.pk])).status_code == expected
    fields = {"member": lead.pk, "key_check": key_check(lead.pk)}
    assert desk.post(reverse("vault:let_in", args=[other.pk]), fields).status_code in (403, 404)
    assert api.current_team_key(other.pk).generation == 1
    assert other.name not in desk.get(reverse("vault:keys")).content.decode()


def test_letting_in_needs_the_session_of_the_key_and_not_only_the_sign_in(service: Service, lead: User) -> None:
    give_team_key(service, [lead])
    member = make_member(service)
    browser = signed_in_client(lead)
    from django.conf import settings

    browser.cookies[settings.VAULT_COOKIE_NAME] = "0" * 64
    fields = {"member": member.pk, "key_check": key_check(member.pk)}
    assert browser.post(reverse("vault:let_in", args=[service.pk]), fields).status_code == 403
    assert not TeamKeyWrap.objects.filter(user=member).exists()


@pytest.mark.parametrize("member", ["", "x", "-1", "999999999", "99999999999999999999999"])
def test_a_strange_member_number_is_refused_in_words(desk: Client, service: Service, lead: User, member: str) -> None:
    give_team_key(service, [lead])
    assert desk.post(reverse("vault:let_in", args=[service.pk]), {"member": member}).status_code in (404, 409)


def test_the_lost_password_page_opens_without_signing_in(service: Service) -> None:
    page = Client().get(reverse("vault:lost_password"))
    assert page.status_code == 200
    assert "Call your coordinator" in page.content.decode()


def test_every_other_screen_asks_to_sign_in(service: Service) -> None:
    for name in ("team", "set_up", "confirm", "new_paper", "rotate", "recover"):
        assert Client().get(reverse(f"vault:{name}", args=[service.pk])).status_code == 302
    assert Client().get(reverse("vault:keys")).status_code == 302


def test_the_list_of_members_takes_as_many_queries_for_forty_as_for_four(
    desk: Client, service: Service, lead: User
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    give_team_key(service, [lead])
    desk.get(reverse("vault:team", args=[service.pk]))  # the first page of a while also notes that one is there
    counts = []
    for number in (4, 36):
        for _each in range(number):
            make_member(service)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("vault:team", args=[service.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
