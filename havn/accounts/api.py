"""The door for apps above: who is signed in, what roles they hold, and the sweeps that keep sessions honest."""

from havn.accounts.activity import lock_idle_sessions, mark_active
from havn.accounts.permissions import Permission, check_may, may, register_permission, roles_that_may
from havn.accounts.queries import (
    has_role,
    members_of,
    roles_in_centre,
    roles_of,
    services_for,
)
from havn.accounts.sessions import SignedIn, private_key_of, staff_session

__all__ = [
    "Permission",
    "SignedIn",
    "check_may",
    "has_role",
    "lock_idle_sessions",
    "mark_active",
    "may",
    "members_of",
    "private_key_of",
    "register_permission",
    "roles_in_centre",
    "roles_of",
    "roles_that_may",
    "services_for",
    "staff_session",
]
