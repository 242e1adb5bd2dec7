"""What the vault knows of a service's key, without opening anything."""

import datetime as dt
import time
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.api import roles_that_may
from havn.accounts.models import Membership, User
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault.models import ConversationKeyWrap, RecoveryKey, StaffKey, TeamKey, TeamKeyWrap
from havn.vault.rules.aead import Stored
from havn.vault.rules.codes import fingerprint

# How long a process may go on sealing to a generation after another process retired it.
PUBLIC_SECONDS = 1.0


class NoTeamKey(Refused):
    """The service has no key to seal to, so it can take no talk."""


@dataclass(frozen=True)
class TeamPublic:
    """What sealing to a team needs: nothing secret."""

    id: int
    public: bytes
    generation: int
    service_id: int


@dataclass(frozen=True)
class Member:
    """A person on the team page. `state` is "in", "waiting", "invited" (no key pair yet) or "left" (role gone)."""

    user: User
    state: str
    roles: tuple[str, ...] = ()
    since: dt.datetime | None = None
    let_in_by: User | None = None
    key_check: str = ""


@dataclass(frozen=True)
class Team:
    """A service's key as the team page shows it."""

    service: Service
    is_set_up: bool
    pending: RecoveryKey | None
    recovery: RecoveryKey | None
    generation: int | None
    since: dt.datetime | None
    members: list[Member] = field(default_factory=list)
    talks_under_old_keys: int = 0

    def of_state(self, state: str) -> list[Member]:
        return [member for member in self.members if member.state == state]

    @property
    def inside(self) -> list[Member]:
        return self.of_state("in")

    @property
    def waiting(self) -> list[Member]:
        return self.of_state("waiting")

    @property
    def invited(self) -> list[Member]:
        return self.of_state("invited")

    @property
    def left(self) -> list[Member]:
        return self.of_state("left")


_public: dict[int, tuple[float, TeamPublic]] = {}


def current_team_key(service_id: int) -> TeamPublic:
    """The key that new talks of a service are sealed to; at most a second old. Raises NoTeamKey."""
    known = _public.get(service_id)
    if known and known[0] > time.monotonic():
        return known[1]
    key = newest_key(service_id) if is_set_up(service_id) else None
    if key is None:
        raise NoTeamKey(_("This service cannot take talks yet: its key has not been set up."))
    team = TeamPublic(key.pk, bytes(key.public), key.generation, service_id)
    _public[service_id] = (time.monotonic() + PUBLIC_SECONDS, team)
    return team


def forget_public(service_id: int) -> None:
    """Ask the database again: now and, since another thread may read meanwhile, once more after the commit."""
    _public.pop(service_id, None)
    transaction.on_commit(lambda: _public.pop(service_id, None) and None)


def newest_key(service_id: int) -> TeamKey | None:
    """The generation in use, confirmed or not."""
    return TeamKey.objects.filter(service_id=service_id, retired_at=None).order_by("-generation").first()


def is_set_up(service_id: int) -> bool:
    """Whether the service has a key whose recovery key someone has confirmed."""
    return RecoveryKey.objects.filter(service_id=service_id, confirmed_at__isnull=False).exists()


def has_staff_key(user_id: int) -> bool:
    """Whether the person has a key pair: they have accepted their invitation."""
    return StaffKey.objects.filter(user_id=user_id).exists()


def holds(user_id: int, service_id: int) -> bool:
    """Whether the person was let in to the service's key of today."""
    return TeamKeyWrap.objects.filter(
        user_id=user_id, team_key__service_id=service_id, team_key__retired_at=None
    ).exists()


def holders(service_id: int) -> set[int]:
    """Everybody who was let in to the service's key of today."""
    wraps = TeamKeyWrap.objects.filter(team_key__service_id=service_id, team_key__retired_at=None)
    return set(wraps.values_list("user_id", flat=True))


def key_check(user_id: int) -> str:
    """The fingerprint of a person's own key, to be read out to whoever lets them in. Empty without a key."""
    row = StaffKey.objects.filter(user_id=user_id).first()
    return fingerprint(user_id, bytes(row.public)) if row else ""


def team_of(service: Service) -> Team:
    """Everything the team page shows, in a handful of queries whatever the number of members."""
    recoveries = {key.confirmed_at is not None: key for key in service.recovery_keys.select_related("made_by")}
    current = newest_key(service.id)
    return Team(
        service=service,
        is_set_up=True in recoveries,
        pending=recoveries.get(False),
        recovery=recoveries.get(True),
        generation=current.generation if current else None,
        since=current.created_at if current else None,
        members=_members(service, current),
        talks_under_old_keys=ConversationKeyWrap.objects.filter(
            team_key__service=service, team_key__retired_at__isnull=False
        ).count(),
    )


def _members(service: Service, current: TeamKey | None) -> list[Member]:
    roles: dict[int, list[str]] = {}
    people: dict[int, User] = {}
    for membership in Membership.objects.filter(
        organisation_id=service.organisation_id, role__in=roles_that_may("keys.hold"), user__is_active=True
    ).select_related("user"):
        people[membership.user_id] = membership.user
        roles.setdefault(membership.user_id, []).append(membership.get_role_display())
    wraps = {
        wrap.user_id: wrap for wrap in TeamKeyWrap.objects.filter(team_key=current).select_related("user", "let_in_by")
    }
    for wrap in wraps.values():
        people.setdefault(wrap.user_id, wrap.user)
    publics = dict(StaffKey.objects.filter(user_id__in=people).values_list("user_id", "public"))
    members = [
        _member(user, tuple(roles.get(user.pk, ())), wraps.get(user.pk), publics.get(user.pk))
        for user in people.values()
    ]
    return sorted(members, key=lambda member: (member.user.name.casefold(), member.user.pk))


def _member(user: User, roles: tuple[str, ...], wrap: TeamKeyWrap | None, public: Stored | None) -> Member:
    check = fingerprint(user.pk, bytes(public)) if public else ""
    if wrap:
        return Member(user, "in" if roles else "left", roles, wrap.created_at, wrap.let_in_by, check)
    return Member(user, "waiting" if public else "invited", roles, key_check=check)
