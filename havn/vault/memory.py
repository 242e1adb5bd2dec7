"""The keyrings this process keeps, and how they are forgotten. `live` uses this; `web` makes one per request."""

import hashlib
import hmac
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from havn.accounts.api import SignedIn, private_key_of
from havn.vault.keyring import Keyring

MOST_SESSIONS = 1000
KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class _Kept:
    keyring: Keyring
    proof: bytes
    until: float


_kept: OrderedDict[bytes, _Kept] = OrderedDict()
# Every open keyring, also one that a stream still holds after its minute: being forgotten reaches them all.
_open: weakref.WeakSet[Keyring] = weakref.WeakSet()
_lock = threading.Lock()


def keyring_for(signed_in: SignedIn, vault_cookie: str | None) -> Keyring:
    """The keyring of a session, kept in this process for a minute at a time.

    A locked session, a missing or a wrong cookie gives a closed keyring, in which nothing opens.
    """
    if signed_in.locked or signed_in.private_key_sealed is None or not vault_cookie:
        return Keyring(signed_in.user_id, None)
    proof = _proof(signed_in, vault_cookie)
    with _lock:
        kept = _kept.get(signed_in.session_id_hash)
        if kept and kept.until > time.monotonic() and hmac.compare_digest(kept.proof, proof) and kept.keyring.is_open:
            _kept.move_to_end(signed_in.session_id_hash)
            return kept.keyring
    keyring = _keyring(signed_in, vault_cookie)
    if keyring.is_open:
        _keep(signed_in.session_id_hash, _Kept(keyring, proof, time.monotonic() + KEPT_SECONDS))
    return keyring


def keyring_of(request: HttpRequest) -> Keyring:
    """The keyring of a request in `web`: made once, gone with the request. Closed for whoever is not signed in."""
    known = getattr(request, "_keyring", None)
    if isinstance(known, Keyring):
        return known
    signed_in: SignedIn | None = getattr(request, "staff", None)
    cookie = request.COOKIES.get(settings.VAULT_COOKIE_NAME)
    keyring = _keyring(signed_in, cookie) if signed_in and not signed_in.locked else Keyring(0, None)
    request._keyring = keyring  # type: ignore[attr-defined]
    return keyring


def keyring_of_cookies(signed_in: SignedIn, cookies: Mapping[str, str]) -> Keyring:
    """`keyring_for` with the cookie taken from a request's cookies."""
    return keyring_for(signed_in, cookies.get(settings.VAULT_COOKIE_NAME))


def forget_session(session_id_hash: bytes) -> None:
    """Close and drop the keyrings of one session in this process."""
    _close([keyring for keyring in _all_open() if keyring.session == session_id_hash])


def forget_user(user_id: int) -> None:
    """Close and drop every keyring of a person in this process. `live` calls it at each beacon "session:<user_id>"."""
    _close([keyring for keyring in _all_open() if keyring.user_id == user_id])


def forget_user_on_commit(user_id: int) -> None:
    """`forget_user` once the caller's transaction is committed: earlier, old rows could be read again."""
    transaction.on_commit(lambda: forget_user(user_id))


def forget_conversations(conversation_ids: Iterable[int]) -> None:
    """Drop the keys of destroyed conversations from every keyring of this process."""
    ids = list(conversation_ids)
    for keyring in _all_open():
        keyring.forget_conversations(ids)


def _keyring(signed_in: SignedIn, vault_cookie: str | None) -> Keyring:
    keyring = Keyring(signed_in.user_id, private_key_of(signed_in, vault_cookie), signed_in.session_id_hash)
    with _lock:
        _open.add(keyring)
    return keyring


def _all_open() -> list[Keyring]:
    with _lock:
        return list(_open)


def _close(keyrings: list[Keyring]) -> None:
    with _lock:
        for keyring in keyrings:
            kept = _kept.get(keyring.session)
            if kept and kept.keyring is keyring:
                del _kept[keyring.session]
            _open.discard(keyring)
    for keyring in keyrings:
        keyring.close()


def _keep(session_id_hash: bytes, fresh: _Kept) -> None:
    now = time.monotonic()
    with _lock:
        _kept[session_id_hash] = fresh
        old = [key for key, kept in _kept.items() if kept.until < now]
        while len(_kept) - len(old) > MOST_SESSIONS:
            old.append(next(key for key in _kept if key not in old))
        for key in old:
            _kept.pop(key)


def _proof(signed_in: SignedIn, vault_cookie: str) -> bytes:
    # The sealed bytes belong to it: a session that was locked and reopened has new ones, and so a new keyring.
    return hashlib.sha256(bytes(signed_in.private_key_sealed or b"") + vault_cookie.encode()).digest()
