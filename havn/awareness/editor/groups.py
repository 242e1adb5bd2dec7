"""The editor's copy of memberships: Wagtail asks Django's groups, and groups follow roles, never the other way."""

from django.contrib.auth.models import Group

from havn.accounts.models import Membership, Role, User
from havn.tenancy.models import Centre, Organisation

WRITERS = (Role.EDITOR, Role.PUBLISHER)


def group_of(centre: Centre, role: str) -> Group:
    """The centre's group of a role."""
    group, _new = Group.objects.get_or_create(name=f"{role}: {centre.slug}")
    return group


def reviewers_of(organisation: Organisation) -> Group:
    """The publishers of one organisation. The group may do nothing by itself: it says whose review a part waits for."""
    group, _new = Group.objects.get_or_create(name=_reviewers(organisation.pk))
    return group


def follow_memberships(user: User) -> None:
    """Put the person into exactly the groups of their roles. One query each way when nothing changed."""
    held = Membership.objects.filter(user=user, role__in=WRITERS, user__is_active=True)
    wanted = set()
    for role, slug, organisation_id in held.values_list("role", "organisation__centre__slug", "organisation_id"):
        wanted.add(f"{role}: {slug}")
        if role == Role.PUBLISHER:
            wanted.add(_reviewers(organisation_id))
    if wanted != set(user.groups.values_list("name", flat=True)):
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)])


def _reviewers(organisation_id: int) -> str:
    return f"reviewer: {organisation_id}"
