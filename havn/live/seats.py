"""Who of the staff a request comes from, kept for a few seconds and forgotten when their session changes."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from havn.accounts import api as accounts
from havn.live.threads import Threads
from havn.vault import api as vault_api
from havn.vault.api import Keyring

KEPT_SECONDS = 5.0
MOST = 2_000
# The session's cookie and the vault's.
_Name = tuple[str, str]


@dataclass(repr=False)
class Seat:
    """A signed-in member of staff at one browser, with the keys their session opens."""

    user_id: int
    session_id_hash: bytes
    locked: bool
    keyring: Keyring
    cookies: "_Name"
    until: float

    @property
    def session(self) -> str:
        """A name of this duty session for the audit log that signs nobody in."""
        return hashlib.sha256(b"duty:" + self.session_id_hash).hexdigest()[:32]


class Seats:
    """Seats by their cookies. Runs in the event loop; the database is asked in a thread."""

    def __init__(self, readers: Threads) -> None:
        self._readers = readers
        self._cookies = settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME
        self._kept: OrderedDict[_Name, Seat] = OrderedDict()

    async def of(self, cookies: Mapping[str, str]) -> Seat | None:
        """The seat behind these cookies, or None when nobody is signed in."""
        name = cookies.get(self._cookies[0], ""), cookies.get(self._cookies[1], "")
        if not name[0]:
            return None
        kept = self._kept.get(name)
        if kept is not None and kept.until > time.monotonic():
            return kept
        return await self._ask(name)

    async def again(self, seat: Seat) -> Seat | None:
        """The same seat as the database knows it now."""
        return await self._ask(seat.cookies)

    def forget(self, user_id: int) -> None:
        """A session of this person changed: drop what is kept and every key."""
        for name in [name for name, seat in self._kept.items() if seat.user_id == user_id]:
            del self._kept[name]
        vault_api.forget_user(user_id)

    async def _ask(self, name: _Name) -> Seat | None:
        seat = await self._readers.run(lambda: _seat(name))
        if seat is None:
            self._kept.pop(name, None)
            return None
        self._kept[name] = seat
        self._kept.move_to_end(name)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return seat


def _seat(name: _Name) -> Seat | None:
    signed_in = accounts.staff_session({settings.SESSION_COOKIE_NAME: name[0]})
    if signed_in is None:
        return None
    keyring = vault_api.keyring_for(signed_in, name[1])
    return Seat(
        signed_in.user_id, signed_in.session_id_hash, signed_in.locked, keyring, name, time.monotonic() + KEPT_SECONDS
    )
