"""Who holds which role where. Roles are always asked for within one centre or organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from havn.accounts.models import Invitation, Membership, Role, StaffSession, User
from havn.common import clock
from havn.common.once import once
from havn.tenancy.models import Centre, Organisation, Service


def roles_of(user: User | int, organisation_id: int) -> frozenset[Role]:
    """The roles a person holds in one organisation."""
    return frozenset(role for organisation, _centre, role in _held(user) if organisation == organisation_id)


def roles_in_centre(user: User | int, centre: Centre | int) -> frozenset[Role]:
    """The roles a person holds in any organisation of the centre. Empty: no member of it."""
    return frozenset(role for _organisation, in_centre, role in _held(user) if in_centre == _id(centre))


def has_role(user: User | int, service: Service, *roles: str) -> bool:
    """Whether the person holds one of the roles (none named: any) in the organisation that runs the service."""
    held = roles_of(user, service.organisation_id)
    return bool(held & set(roles)) if roles else bool(held)


def members_of(organisation_id: int, *roles: str) -> QuerySet[User]:
    """The active people of an organisation who hold one of the roles (none named: any), by name."""
    wanted = Membership.objects.filter(organisation_id=organisation_id)
    if roles:
        wanted = wanted.filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=wanted.values("user_id")).order_by("name", "pk")


def services_for(user: User | int, centre: Centre | int, *roles: str) -> list[Service]:
    """The services of the centre in whose organisation the person holds one of the roles (none named: any)."""
    own = {organisation for organisation, _centre, role in _held(user) if not roles or role in roles}
    return [service for service in _services_of(_id(centre)) if service.organisation_id in own]


def organisations_managed(user: User | int, centre: Centre | int, roles: Iterable[str]) -> QuerySet[Organisation]:
    """The organisations of the centre in which the person holds one of the roles, by name."""
    held = Membership.objects.filter(user=user, organisation__centre=centre, role__in=list(roles), user__is_active=True)
    return Organisation.objects.filter(pk__in=held.values("organisation_id")).order_by("name", "pk")


def open_sessions_of(user: User) -> QuerySet[StaffSession]:
    """The person's sessions that passed the second step, last used first."""
    return StaffSession.objects.filter(user=user, second_factor_at__isnull=False).order_by("-active_at", "pk")


@dataclass(frozen=True)
class Team:
    """An organisation with its members, each with the roles held there."""

    organisation: Organisation
    members: list[tuple[User, list[Role]]]
    invitations: list[tuple[Invitation, list[str]]]


def teams_in(centre: Centre) -> list[Team]:
    """All organisations of the centre with their members, by name. Four queries, however many there are."""
    held: dict[int, dict[User, list[Role]]] = {}
    memberships = Membership.objects.filter(organisation__centre=centre, user__is_active=True)
    for row in memberships.select_related("user").order_by("user__name", "user_id"):
        held.setdefault(row.organisation_id, {}).setdefault(row.user, []).append(Role(row.role))
    waiting: dict[int, list[tuple[Invitation, list[str]]]] = {}
    links = Invitation.objects.filter(
        organisation__centre=centre, used_at__isnull=True, expires_at__gt=clock.now()
    ).select_related("user")
    for link in links.order_by("expires_at"):
        labels = [str(Role(role).label) for role in link.roles]
        waiting.setdefault(link.organisation_id, []).append((link, labels))
    order = list(Role)
    return [
        Team(
            organisation,
            [(user, sorted(roles, key=order.index)) for user, roles in held.get(organisation.pk, {}).items()],
            waiting.get(organisation.pk, []),
        )
        for organisation in Organisation.objects.filter(centre=centre).order_by("name", "pk")
    ]


def _id(one: User | Centre | int) -> int:
    return one if isinstance(one, int) else one.pk


def _held(user: User | int) -> list[tuple[int, int, Role]]:
    """Organisation, its centre and role: everything a person holds, read once for a page."""
    rows = Membership.objects.filter(user=user, user__is_active=True)
    fields = ("organisation_id", "organisation__centre_id", "role")
    return once(
        ("memberships", _id(user)),
        lambda: [(organisation, centre, Role(role)) for organisation, centre, role in rows.values_list(*fields)],
    )


def _services_of(centre_id: int) -> list[Service]:
    """Every service of a centre, by name; read once for a page."""
    found = Service.objects.filter(organisation__centre=centre_id).select_related("organisation__centre")
    return once(("services", centre_id), lambda: list(found.order_by("name", "pk")))
