"""Who may change which part of a profile: the writers of the organisation that the part belongs to, and nobody else.

Wagtail asks this of every change, whatever screen or address it comes from. What a person may do in the centre's tree
(`groups.py`) is narrowed here to the organisation: its editors write and submit, its publishers review and publish.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester

from havn.accounts.api import roles_of
from havn.accounts.models import Membership, Role, User
from havn.awareness.editor.groups import WRITERS
from havn.tenancy.models import Centre, Organisation

_EDITORS_MAY = frozenset({"add", "change"})


class PartPermissionTester(PagePermissionTester):
    """Wagtail's answers for one person and one part, narrowed by the roles held in the part's organisation."""

    permissions: set[str]

    def __init__(self, user: User, page: Page, owner_id: int | None) -> None:
        super().__init__(user, page)
        held = roles_of(user, owner_id) & set(WRITERS) if owner_id else frozenset()
        self.writes = bool(held)
        if user.is_active:
            kept = self.permissions if Role.PUBLISHER in held else self.permissions & _EDITORS_MAY
            self.permissions = kept if held else set()

    def can_edit(self) -> bool:
        """Also while it waits for review: a reviewer of another organisation is none of this part."""
        return self.writes and bool(super().can_edit())

    def can_lock(self) -> bool:
        """As Wagtail says, for those who write it."""
        return self.writes and bool(super().can_lock())

    def can_unlock(self) -> bool:
        """Not even one's own lock after one left the organisation."""
        return self.writes and bool(super().can_unlock())

    def can_submit_for_moderation(self) -> bool:
        """As Wagtail says, for those who write it."""
        return self.writes and bool(super().can_submit_for_moderation())


def organisations_written_by(user: User, centre: Centre, roles: Iterable[str] = WRITERS) -> QuerySet[Organisation]:
    """The organisations of the centre in which the person holds one of these roles, by name."""
    held = Membership.objects.filter(user=user, role__in=list(roles), user__is_active=True)
    mine = Organisation.objects.filter(centre=centre, pk__in=held.values("organisation_id"))
    return mine.order_by("name", "pk")


def may_give_away(user: User, owner_id: int) -> bool:
    """Whether the person may say that another organisation writes the part from now on: a publisher of the old one."""
    return Role.PUBLISHER in roles_of(user, owner_id)
