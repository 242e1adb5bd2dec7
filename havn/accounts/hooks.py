"""Where the apps above hang what accounts must not know: keys, live streams, duties.

Each hook is filled once, in `AppConfig.ready()`. All run inside the caller's transaction, except `open_key`,
`make_keys` and `rewrap_keys`, which spend Argon2 time and are called outside of any.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from havn.accounts.models import User

KeyOpener = Callable[["User", str], bytes | None]
KeyMaker = Callable[["User", str], Callable[[], None]]
KeyRewrapper = Callable[["User", str, str], Callable[[], None]]
Sealing = Callable[[bytes, str], bytes]
SessionChanged = Callable[[int], None]
LockChanged = Callable[[int, bool, int], None]


class SecretDoesNotOpen(Exception):
    """Sealed under another server key, for another person, or changed since."""


class MemberRemoved(Protocol):
    """What the vault (wraps) and the strands (duties) do when somebody leaves an organisation."""

    def __call__(self, *, user_id: int, organisation_id: int, actor_id: int) -> None: ...


_key_opener: KeyOpener | None = None
_key_maker: KeyMaker | None = None
_key_rewrapper: KeyRewrapper | None = None
_sealer: tuple[Sealing, Sealing, type[Exception]] | None = None
_session_changed: list[SessionChanged] = []
_lock_changed: list[LockChanged] = []
_member_removed: list[MemberRemoved] = []


def register_key_opener(opener: KeyOpener) -> None:
    """`opener(user, password)` gives the private key's bytes, or None if the person has no key pair."""
    global _key_opener
    _key_opener = opener


def register_key_maker(maker: KeyMaker) -> None:
    """`maker(user, password)` prepares a new key pair (slow, no transaction) and returns a function that stores
    it (fast, called inside the transaction that stores the password). It replaces an older pair: what was
    sealed to that one, such as team keys, is then destroyed by the same function."""
    global _key_maker
    _key_maker = maker


def register_key_rewrapper(rewrapper: KeyRewrapper) -> None:
    """`rewrapper(user, old_password, new_password)` prepares the same private key under a new password and
    returns the function that stores it, as `register_key_maker` does."""
    global _key_rewrapper
    _key_rewrapper = rewrapper


def register_secret_sealer(seal: Sealing, open_: Sealing, fails: type[Exception]) -> None:
    """Seal to the server's key, outside the database, what must be read without a password: TOTP secrets and letters
    that wait to be sent. Both take the bytes and what they are for, such as "totp:12"; under another purpose `open_`
    raises `fails`."""
    global _sealer
    _sealer = (seal, open_, fails)


def register_session_changed(changed: SessionChanged) -> None:
    """`changed(user_id)`: a session of this person ended, was locked or reopened, or their roles changed."""
    _session_changed.append(changed)


def register_lock_changed(changed: LockChanged) -> None:
    """`changed(user_id, locked, at_ms)`: the last open session of this person was locked, or one reopened."""
    _lock_changed.append(changed)


def register_member_removed(removed: MemberRemoved) -> None:
    """`removed(user_id=, organisation_id=, actor_id=)`: the person left this organisation."""
    _member_removed.append(removed)


def open_key(user: "User", password: str) -> bytes | None:
    """The person's private key, or None where no vault is installed or they have no pair yet."""
    return _key_opener(user, password) if _key_opener else None


def make_keys(user: "User", password: str) -> Callable[[], None]:
    """Prepare a new key pair; call the result inside the transaction."""
    return _key_maker(user, password) if _key_maker else _nothing


def rewrap_keys(user: "User", old_password: str, new_password: str) -> Callable[[], None]:
    """Prepare the same private key under the new password; call the result inside the transaction."""
    return _key_rewrapper(user, old_password, new_password) if _key_rewrapper else _nothing


def seal_secret(secret: bytes, purpose: str) -> bytes:
    """Seal to the server's key for this purpose alone. Raises RuntimeError when none is there: a secret is
    never stored in clear."""
    if _sealer is None:
        raise RuntimeError("No sealer is registered.")
    return _sealer[0](secret, purpose)


def open_secret(sealed: bytes, purpose: str) -> bytes:
    """The inverse of `seal_secret`. Raises SecretDoesNotOpen when key, purpose or bytes differ."""
    if _sealer is None:
        raise RuntimeError("No sealer is registered.")
    try:
        return _sealer[1](sealed, purpose)
    except _sealer[2]:
        raise SecretDoesNotOpen from None


def session_changed(user_id: int) -> None:
    """Tell every listener, inside the caller's transaction."""
    for changed in _session_changed:
        changed(user_id)


def lock_changed(user_id: int, locked: bool, at_ms: int) -> None:
    """Tell every listener, inside the caller's transaction."""
    for changed in _lock_changed:
        changed(user_id, locked, at_ms)


def member_removed(*, user_id: int, organisation_id: int, actor_id: int) -> None:
    """Tell every listener, inside the caller's transaction."""
    for removed in _member_removed:
        removed(user_id=user_id, organisation_id=organisation_id, actor_id=actor_id)


def _nothing() -> None:
    """What is stored when no vault is installed."""
