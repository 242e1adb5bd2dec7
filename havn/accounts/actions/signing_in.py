"""Signing in, step by step, and out again. The password is checked first and always: it opens the vault."""

import functools
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import get_hasher
from django.db import transaction

from havn.accounts import hooks
from havn.accounts.actions import throttle
from havn.accounts.activity import reopened
from havn.accounts.hashers import cost
from havn.accounts.models import StaffSession, User
from havn.accounts.queries import roles_in_centre
from havn.accounts.sessions import hash_of, seal_private_key
from havn.audit import api as audit
from havn.common import clock
from havn.tenancy.models import Centre

# The number of no account: what is asked of one is asked of it too when the name is unknown.
_NOBODY = 0


@dataclass(frozen=True)
class Begun:
    """What the browser gets: the session's id and the vault cookie (None where the person has no key)."""

    session_id: str
    vault_cookie: str | None


def check_password_throttled(*, username: str, password: str, centre: Centre) -> User | None:
    """The person, if name and password fit, they are a member of the centre and no wait is running; else None.

    An unknown name, a closed account, a wrong password and a running wait, with the right password too, cost the
    same: one Argon2 computation and the same statements. Never call it inside a transaction.
    """
    user = User.objects.filter(username=username.strip().lower()).first()
    fits = password_fits(password, user)
    is_member = bool(roles_in_centre(user or _NOBODY, centre))
    return user if throttle.admit(throttle.key_of("sign-in", username), fits and is_member) else None


def confirm_password(*, user: User, password: str) -> bool:
    """Whether somebody signed in knows the password still, before something that a browser left open must not do."""
    return throttle.admit(throttle.key_of("unlock", str(user.pk)), password_fits(password, user))


def begin_session(*, user: User, password: str) -> Begun:
    """A session that still waits for the second step; the private key in it, sealed under the second cookie."""
    private_key = hooks.open_key(user, password)
    session_id = secrets.token_urlsafe(32)
    now = clock.now()
    row = StaffSession(id_hash=hash_of(session_id), user=user, created_at=now, active_at=now)
    vault_cookie = _seal_into(row, private_key)
    row.save(force_insert=True)
    return Begun(session_id, vault_cookie)


@transaction.atomic
def complete_session(*, row: StaffSession, centre_id: int, by: str) -> None:
    """The second step was passed: from now on the session counts. `by` is "app", "recovery_code" or "demo"."""
    now = clock.now()
    row.second_factor_at = now
    row.active_at = now
    row.is_demo = by == "demo"
    row.save(update_fields=["second_factor_at", "active_at", "is_demo"])
    User.objects.filter(pk=row.user_id).update(last_login=now)
    audit.record(centre_id=centre_id, actor_id=row.user_id, action="accounts.signed_in", by=by)
    reopened(row)


def complete_demo_session(*, begun: Begun, centre_id: int) -> None:
    """The demo's one press skips the second step, and only that."""
    complete_session(row=StaffSession.objects.get(id_hash=hash_of(begun.session_id)), centre_id=centre_id, by="demo")


def unlock(*, row: StaffSession, password: str) -> Begun | None:
    """Reopen a locked session by the password, with a fresh vault cookie; None if it does not fit or a wait runs.

    Never call it inside a transaction.
    """
    if not confirm_password(user=row.user, password=password):
        return None
    private_key = hooks.open_key(row.user, password)
    with transaction.atomic():
        fresh = StaffSession.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
        if fresh is None:
            return None
        vault_cookie = _seal_into(fresh, private_key)
        fresh.locked_at = None
        fresh.active_at = clock.now()
        fresh.save(update_fields=["locked_at", "active_at", "private_key_nonce", "private_key_sealed"])
        reopened(fresh)
    return Begun("", vault_cookie)


@transaction.atomic
def sign_out(*, session_id_hash: bytes, centre_id: int) -> None:
    """End one session."""
    row = StaffSession.objects.filter(id_hash=session_id_hash).first()
    if row is not None:
        _end([row], centre_id)


@transaction.atomic
def sign_out_there(*, user: User, session_row_id: int, centre_id: int) -> None:
    """End another session of one's own. Somebody else's, or one that ended already, is nothing."""
    _end(list(StaffSession.objects.filter(pk=session_row_id, user=user)), centre_id)


@transaction.atomic
def sign_out_everywhere(*, user: User, centre_id: int, but: bytes | None = None) -> None:
    """End every session of a person, except the one whose id hashes to `but`."""
    rows = StaffSession.objects.filter(user=user)
    _end(list(rows.exclude(id_hash=but) if but else rows), centre_id)


def _end(rows: list[StaffSession], centre_id: int) -> None:
    for row in rows:
        row.delete()
        if row.second_factor_at is not None:
            audit.record(centre_id=centre_id, actor_id=row.user_id, action="accounts.signed_out")
        hooks.session_changed(row.user_id)


def _seal_into(row: StaffSession, private_key: bytes | None) -> str | None:
    row.private_key_nonce = row.private_key_sealed = None
    if private_key is None:
        return None
    vault_cookie, row.private_key_nonce, row.private_key_sealed = seal_private_key(private_key, row.user_id)
    return vault_cookie


def password_fits(password: str, user: User | None) -> bool:
    """One Argon2 computation, whether or not there is such a person."""
    hasher = get_hasher()
    usable = user is not None and user.has_usable_password()
    encoded = user.password if user is not None and usable else _nobodys_password(tuple(cost().values()))
    return hasher.verify(password[:1000], encoded) and usable


@functools.lru_cache(maxsize=2)
def _nobodys_password(_cost: tuple[object, ...]) -> str:
    """A verifier of the same cost that no password fits."""
    hasher = get_hasher()
    return hasher.encode(secrets.token_hex(32), hasher.salt())
