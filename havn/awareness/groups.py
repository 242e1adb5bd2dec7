"""The editor's copy of memberships: Wagtail asks Django's groups, and groups follow roles, never the other way."""

from django.contrib.auth.models import Group

from havn.accounts.models import Membership, Role, User
from havn.tenancy.models import Centre

WRITERS = (Role.EDITOR, Role.PUBLISHER)


def group_of(centre: Centre, role: str) -> Group:
    """The centre's group of a role."""
    group, _new = Group.objects.get_or_create(name=f"{role}: {centre.slug}")
    return group


def follow_memberships(user: User) -> None:
    """Put the person into exactly the groups of their roles. One query each way when nothing changed."""
    held = Membership.objects.filter(user=user, role__in=WRITERS, user__is_active=True)
    wanted = {f"{role}: {slug}" for role, slug in held.values_list("role", "organisation__centre__slug")}
    if wanted != set(user.groups.values_list("name", flat=True)):
        user.groups.set(Group.objects.filter(name__in=wanted))
