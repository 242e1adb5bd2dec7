"""The table of roles, and that the views follow it."""

import pytest
from django.urls import get_resolver, reverse

from havn.accounts import permissions
from havn.accounts.models import Role
from havn.accounts.rules.roles import roles_one_may_give
from havn.accounts.urls import urlpatterns
from havn.common.access import Access
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client

pytestmark = pytest.mark.django_db

COUNSELLOR, SUPERVISOR, COORDINATOR, EDITOR, PUBLISHER, DATA_OFFICER, EARLY_WARNING, ADMINISTRATOR = (
    str(role) for role in Role
)
EVERYBODY = {COUNSELLOR, SUPERVISOR, COORDINATOR, EDITOR, PUBLISHER, ADMINISTRATOR}
# Written out on purpose: changing who may do what must be said twice.
EXPECTED = {
    "account.own": EVERYBODY,
    "roles.read": EVERYBODY,
    "members.read": {SUPERVISOR, COORDINATOR, ADMINISTRATOR},
    "members.manage": {COORDINATOR, ADMINISTRATOR},
    "members.administrators": {ADMINISTRATOR},
    "audit.read": {COORDINATOR, ADMINISTRATOR},
}
SCREENS = {
    "profile": EVERYBODY,
    "password": EVERYBODY,
    "sessions": EVERYBODY,
    "new_app": EVERYBODY,
    "roles": EVERYBODY,
    "members": {SUPERVISOR, COORDINATOR, ADMINISTRATOR},
    "invite": {COORDINATOR, ADMINISTRATOR},
    "trail": {COORDINATOR, ADMINISTRATOR},
}


def test_the_table_says_who_may_do_what() -> None:
    table = {row.code: {str(role) for role in row.roles} for row in permissions.table()}
    assert {code: table[code] for code in EXPECTED} == EXPECTED


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_screen_opens_for_its_roles_only(centre: Centre, role: str) -> None:
    client = signed_in_client(make_staff(centre, role))
    opened = {name: client.get(reverse(f"accounts:{name}")).status_code for name in SCREENS}
    assert opened == {name: 200 if role in roles else 403 for name, roles in SCREENS.items()}


def test_every_address_of_accounts_states_who_may_open_it() -> None:
    for pattern in urlpatterns:
        assert isinstance(getattr(pattern.callback, "access", None), Access), pattern.name
    assert get_resolver()


def test_the_page_shows_the_whole_table(centre: Centre) -> None:
    page = signed_in_client(make_staff(centre)).get(reverse("accounts:roles")).content.decode()
    for row in permissions.table():
        assert str(row.sentence).replace("'", "&#x27;") in page


def test_a_permission_is_not_declared_twice_with_other_roles() -> None:
    with pytest.raises(ValueError, match="twice"):
        permissions.register_permission("members.manage", "x", Role.COUNSELLOR)


def test_somebody_signed_out_opens_none_of_them(centre: Centre, client) -> None:  # type: ignore[no-untyped-def]
    for name in SCREENS:
        answer = client.get(reverse(f"accounts:{name}"))
        assert answer.headers["Location"].startswith(reverse("accounts:sign_in")), name
        assert client.get(reverse(f"accounts:{name}"), headers={"accept": "application/json"}).status_code == 401


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_the_rule_of_who_gives_what_follows_the_table(role: str) -> None:
    may_give = roles_one_may_give({role}, EVERYBODY)
    assert bool(may_give) == (role in EXPECTED["members.manage"])
    assert (ADMINISTRATOR in may_give) == (role in EXPECTED["members.administrators"])
