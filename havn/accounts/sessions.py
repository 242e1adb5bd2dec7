"""The sessions of staff. Public pages have none: no cookie, no look-up, no Vary.

Two random values in two cookies. Of the first (the session's id) the row keeps only a SHA-256; the second opens
the private key that the row holds sealed, and is kept nowhere. A copy of the database therefore signs nobody in
and opens nothing.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from havn.accounts.models import StaffSession
from havn.common import clock

STAFF_PATHS = ("/desk",)
IDLE_BEFORE_LOCK = dt.timedelta(minutes=15)
WARNING_BEFORE_LOCK = dt.timedelta(minutes=2)
LONGEST = dt.timedelta(hours=12)
# Between the password and the second factor.
HALFWAY = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class SignedIn:
    """A session that passed the second factor, as every process may know it."""

    user_id: int
    session_id_hash: bytes
    locked: bool
    private_key_sealed: bytes | None
    private_key_nonce: bytes | None
    created_at: dt.datetime
    active_at: dt.datetime

    @property
    def locks_at(self) -> dt.datetime:
        """When it locks if nothing more is done."""
        return self.active_at + IDLE_BEFORE_LOCK

    @property
    def seconds_left(self) -> int:
        """Until then; 0 when it is due."""
        return max(0, int((self.locks_at - clock.now()).total_seconds()))


def hash_of(session_id: str) -> bytes:
    """What the row keeps of a session's id."""
    return hashlib.sha256(session_id.encode()).digest()


def is_staff_path(path: str) -> bool:
    """Whether pages at this path (its language taken off) have sessions."""
    return any(path == prefix or path.startswith(prefix + "/") for prefix in STAFF_PATHS)


def row_of(session_id: str | None, now: dt.datetime | None = None) -> StaffSession | None:
    """The row of a session that is neither ended nor too old, whether or not it passed the second factor."""
    if not session_id or len(session_id) > 200:
        return None
    rows = StaffSession.objects.filter(id_hash=hash_of(session_id), user__is_active=True)
    row = rows.select_related("user").first()
    if row is None or (row.is_demo and not settings.DEMO):
        return None
    age = (now or clock.now()) - row.created_at
    return row if age < (LONGEST if row.second_factor_at else HALFWAY) else None


def signed_in_of(row: StaffSession | None, now: dt.datetime | None = None) -> SignedIn | None:
    """What others may know of a row; None before the second factor."""
    if row is None or row.second_factor_at is None:
        return None
    idle = (now or clock.now()) - row.active_at >= IDLE_BEFORE_LOCK
    locked = row.locked_at is not None or idle
    return SignedIn(
        user_id=row.user_id,
        session_id_hash=bytes(row.id_hash),
        locked=locked,
        private_key_sealed=None if locked or row.private_key_sealed is None else bytes(row.private_key_sealed),
        private_key_nonce=None if locked or row.private_key_nonce is None else bytes(row.private_key_nonce),
        created_at=row.created_at,
        active_at=row.active_at,
    )


def staff_session(cookies: Mapping[str, str]) -> SignedIn | None:
    """Who is signed in, from the cookies of any request. One query; says nothing of roles or of the centre."""
    return signed_in_of(row_of(cookies.get(settings.SESSION_COOKIE_NAME)))


def seal_private_key(private_key: bytes, user_id: int) -> tuple[str, bytes, bytes]:
    """Seal under a fresh secret: (value for the vault cookie, nonce, sealed)."""
    secret = secrets.token_bytes(32)
    nonce = secrets.token_bytes(12)
    return secret.hex(), nonce, AESGCM(secret).encrypt(nonce, private_key, _aad(user_id))


def private_key_of(signed_in: SignedIn, vault_cookie: str | None) -> bytes | None:
    """The private key while the session is open and the browser brings its second cookie; else None."""
    if signed_in.private_key_sealed is None or signed_in.private_key_nonce is None or not vault_cookie:
        return None
    try:
        secret = bytes.fromhex(vault_cookie)
        nonce, sealed = signed_in.private_key_nonce, signed_in.private_key_sealed
        return AESGCM(secret).decrypt(nonce, sealed, _aad(signed_in.user_id))
    except (ValueError, InvalidTag):
        return None


def give_cookies(response: HttpResponseBase, session_id: str | None, vault_cookie: str | None) -> None:
    """Put what is not None on the answer: host-only, HttpOnly, Lax, gone when the browser closes."""
    for name, value in ((settings.SESSION_COOKIE_NAME, session_id), (settings.VAULT_COOKIE_NAME, vault_cookie)):
        if value is not None:
            # A cookie that was cleared on the same answer would hand its "gone at once" on to the new one.
            response.cookies.pop(name, None)
            response.set_cookie(name, value, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")


def take_cookies(response: HttpResponseBase) -> None:
    """Clear both cookies."""
    for name in (settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME):
        response.set_cookie(name, "", max_age=0, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")


def _aad(user_id: int) -> bytes:
    return f"havn staff session {user_id}".encode()


class SessionStore(SessionBase):
    """Django's session on a `StaffSession` row. It never makes a row: signing in does (`actions.sign_in`), so
    what a visitor of the sign-in page would leave in it is dropped."""

    row: StaffSession | None = None

    def load(self) -> dict[str, Any]:
        self.row = row_of(self.session_key)
        if self.row is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = json.loads(self.row.data or "{}")
        return data

    def exists(self, session_key: str) -> bool:
        return row_of(session_key) is not None

    def create(self) -> None:
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.row is not None:
            data = json.dumps(dict(self.items()))
            StaffSession.objects.filter(pk=self.row.pk).update(data=data)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            StaffSession.objects.filter(id_hash=hash_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        now = clock.now()
        StaffSession.objects.filter(created_at__lt=now - LONGEST).delete()
        StaffSession.objects.filter(created_at__lt=now - HALFWAY, second_factor_at__isnull=True).delete()


class SessionMiddleware(DjangoSessionMiddleware):
    """Gives staff paths `request.session` and `request.staff`; leaves public pages without either's traces."""

    def process_request(self, request: HttpRequest) -> None:
        request.staff = None  # type: ignore[attr-defined]
        if not is_staff_path(request.path_info):
            request.session = SessionStore(None)
            return
        store = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request.session = store
        if store.session_key:
            store.get("")  # loads the row
            request.staff = signed_in_of(store.row)  # type: ignore[attr-defined]
            if request.staff is not None and store.row is not None:  # type: ignore[attr-defined]
                # Where AuthenticationMiddleware looks first; before the second step nobody is there.
                request._cached_user = store.row.user  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:  # type: ignore[override]
        store = getattr(request, "session", None)
        if not isinstance(store, SessionStore) or not is_staff_path(request.path_info):
            return response
        patch_vary_headers(response, ("Cookie",))
        if store.modified and store.row is not None and response.status_code < 500:
            store.save()
        sent = settings.SESSION_COOKIE_NAME in request.COOKIES
        if sent and store.row is None and settings.SESSION_COOKIE_NAME not in response.cookies:
            take_cookies(response)
        return response
