"""Roles and what they may do, as one readable table. The page "Roles" shows it; the guards ask it.

A strand adds its own rows in `AppConfig.ready()` with `register_permission`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.models import Role, User
from havn.accounts.queries import roles_of
from havn.common.errors import NotAllowed

COUNSELLOR, SUPERVISOR = Role.COUNSELLOR, Role.SUPERVISOR
COORDINATOR, ADMINISTRATOR = Role.COORDINATOR, Role.ADMINISTRATOR
EDITOR, PUBLISHER = Role.EDITOR, Role.PUBLISHER
DATA_OFFICER, EARLY_WARNING = Role.DATA_OFFICER, Role.EARLY_WARNING


@dataclass(frozen=True)
class Permission:
    """One row: a code for guards, a sentence for people ("Invite a member"), and the roles that may."""

    code: str
    sentence: str | Promise
    roles: frozenset[Role]


_table: dict[str, Permission] = {}


def register_permission(code: str, sentence: str | Promise, *roles: Role) -> Permission:
    """Add a row. Raises ValueError for a code that is there already with other roles."""
    row = Permission(code, sentence, frozenset(roles))
    if code in _table and _table[code].roles != row.roles:
        raise ValueError(f"The permission {code} is declared twice.")
    _table[code] = row
    return row


def table() -> list[Permission]:
    """All rows in the order they were declared."""
    return list(_table.values())


def roles_that_may(code: str) -> tuple[Role, ...]:
    """For `@staff(*roles_that_may("members.invite"))`. Raises KeyError for an unknown code."""
    return tuple(role for role in Role if role in _table[code].roles)


def may(user: User | int, organisation_id: int, code: str) -> bool:
    """Whether the person may do this in this organisation."""
    return bool(roles_of(user, organisation_id) & _table[code].roles)


def check_may(user: User | int, organisation_id: int, code: str) -> None:
    """Raise NotAllowed with a sentence naming who may, unless the person may do this in this organisation."""
    if not may(user, organisation_id, code):
        raise NotAllowed(not_allowed_sentence(roles_that_may(code)))


def not_allowed_sentence(roles: tuple[str, ...]) -> str:
    """Who to ask instead."""
    if not roles:
        return _("Only members of this centre may open this.")
    names = ", ".join(str(Role(role).label) for role in roles)
    return _("Your role does not allow this. It is for: %(roles)s.") % {"roles": names}


EVERYONE = (COUNSELLOR, SUPERVISOR, COORDINATOR, EDITOR, PUBLISHER, ADMINISTRATOR)
register_permission(
    "account.own",
    gettext_lazy("Change one's own name, languages, password and second factor, and see one's own sessions"),
    *EVERYONE,
)
register_permission("roles.read", gettext_lazy("Read this table"), *EVERYONE)
register_permission("members.read", gettext_lazy("See who the members are"), SUPERVISOR, COORDINATOR, ADMINISTRATOR)
register_permission(
    "members.manage", gettext_lazy("Invite and remove members and change roles"), COORDINATOR, ADMINISTRATOR
)
register_permission(
    "members.administrators", gettext_lazy("Make somebody an administrator, or change one"), ADMINISTRATOR
)
register_permission(
    "audit.read", gettext_lazy("Read the trail of who did and who read what"), COORDINATOR, ADMINISTRATOR
)
