"""People with keys, services with a team key and sealed talks, for everybody's tests.

service = make_service()
counsellor = make_member(service)
paper = give_team_key(service, [counsellor])
keyring = keyring_with_password(counsellor)
"""

import itertools
from collections.abc import Sequence
from typing import Any

from django.test import override_settings

from havn.accounts.models import Membership, Role, User
from havn.common.ids import random_id
from havn.tenancy.models import Service
from havn.vault import api
from havn.vault.models import ConversationKeyWrap, StaffKey
from havn.vault.rules import new_key

PASSWORD = "correct horse battery staple"
# Argon2id as it is, at a cost that a test can bear.
FAST = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}

_numbers = itertools.count(1)


def make_member(service: Service, *roles: str, password: str = PASSWORD, **fields: Any) -> User:
    """A person with roles (none named: counsellor) in the service's organisation and a key pair of their own."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "username": f"member-{number}",
        "name": f"Member {number}",
        "shown_name": f"Shown {number}",
        "speaks": ["en", "nb"],
        **fields,
    }
    with override_settings(ARGON2=FAST):
        user = User.objects.create_user(password=password, **values)
        api.make_staff_key(user, password)
    for role in roles or (Role.COUNSELLOR,):
        Membership.objects.create(user=user, organisation_id=service.organisation_id, role=role)
    return user


def give_team_key(service: Service, members: Sequence[User], password: str = PASSWORD) -> api.Paper:
    """Set the service's key up and let all of these in. Returns the recovery key's paper.

    Members without a key pair get one under `password`. One of them must lead the service (supervisor or
    coordinator); where none does, a coordinator is made and set up with them.
    """
    with override_settings(ARGON2=FAST):
        for member in members:
            if not StaffKey.objects.filter(user=member).exists():
                api.make_staff_key(member, password)
    leads = Membership.objects.filter(
        organisation_id=service.organisation_id, role__in=[Role.SUPERVISOR, Role.COORDINATOR], user__in=members
    ).first()
    by = leads.user if leads else make_member(service, Role.COORDINATOR)
    paper = api.set_up_team(service=service, by=by, also=members)
    api.confirm_recovery_key(service=service, by=by, typed=paper.check)
    return paper


def keyring_with_password(user: User, password: str = PASSWORD) -> api.Keyring:
    """What the person could open after signing in with this password."""
    return api.Keyring(user.pk, api.open_staff_key(user, password))


def seal_conversation(service: Service, conversation_id: int | None = None) -> tuple[int, bytes]:
    """A conversation's key sealed to the service's team: (conversation id, key)."""
    number, key = conversation_id or random_id(), new_key()
    team = api.current_team_key(service.id)
    ConversationKeyWrap.objects.create(
        conversation_id=number, team_key_id=team.id, wrapped=api.seal_conversation_key(key, team)
    )
    return number, key
