"""A visitor's browser and the way back: the cookie's token and the return code, neither of which is stored.

The token (256 random bits) is kept as its SHA-256, which finds the session; HKDF of the token opens the key and the
code that lie in the row. The return code's first 20 bits find its row, HKDF of the other 80 opens the key.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from havn.common import clock
from havn.common.errors import Refused
from havn.live import beacons, sql
from havn.live.registry import Kind, kind_of, kinds
from havn.vault import rules as vault
from havn.vault.rules.wraps import decoy

TOKEN_BYTES = 32
# A page that is asked for renews the session at most this often; an open stream every RENEW_STREAM_MS.
RENEW_MS = 20_000
RENEW_STREAM_MS = 120_000
# Who reads without script counts as connected this long after each page.
PAGES_CONNECTED_MS = 150_000

_SESSION_INFO = b"havn visitor session 1"
_CODE_INFO = b"havn return code 1"
_DECOY = decoy(_CODE_INFO)

_FIND = """
SELECT s.conversation_id, s.participant_id, s.nonce, s.sealed, s.seen_ms, c.state, c.kind, c.service_id, c.centre_id,
 s.opened_ms, c.ended_at_ms
FROM live_visitorsession s JOIN live_conversation c ON c.id = s.conversation_id WHERE s.token_hash = %s
"""
_KEEP = """
INSERT INTO live_visitorsession
 (token_hash, conversation_id, participant_id, nonce, sealed, seen_ms, opened_ms, streamed)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(repr=False)
class Visitor:
    """Who holds a valid visitor cookie. Holds the conversation's key: keep it no longer than the request."""

    conversation_id: int
    participant_id: int
    key: bytes
    code: str
    token_hash: bytes
    state: str
    kind: str
    service_id: int
    centre_id: int
    seen_ms: int
    opened_ms: int
    ended_at_ms: int | None

    @cached_property
    def cipher(self) -> AESGCM:
        return vault.cipher(self.key)

    def is_valid(self, now_ms: int) -> bool:
        """Whether the browser has been heard of recently enough for the state of the conversation."""
        return now_ms - self.seen_ms <= kind_of(self.kind).session_ms(self.state)

    @property
    def is_shut(self) -> bool:
        """Whether this browser saw the talk end, and so reads no word of it any more without the return code."""
        return shut(kind_of(self.kind), self.state, self.ended_at_ms, self.opened_ms)


def shut(kind: Kind, state: str, ended_at_ms: int | None, opened_ms: int) -> bool:
    """Whether a session that began at `opened_ms` is older than the end of a conversation that shuts its browsers."""
    return kind.shuts_at_end and state == "ended" and ended_at_ms is not None and opened_ms <= ended_at_ms


@dataclass(frozen=True, repr=False)
class Opened:
    """What a right return code brings: the visitor, and the token for the new cookie."""

    visitor: Visitor
    token: str


def token_of(cookies: Mapping[str, str]) -> str:
    return cookies.get(settings.VISITOR_COOKIE_NAME, "")


def hash_of(token: str) -> bytes | None:
    """The hash under which a token's session is found, or None when it cannot be a token."""
    raw = _raw(token)
    return None if raw is None else hashlib.sha256(raw).digest()


def visitor_of(cookies: Mapping[str, str], now_ms: int | None = None) -> Visitor | None:
    """The visitor behind a cookie, or None: no cookie, a forged one, or silent for too long. Renews the session."""
    now_ms = clock.now_ms() if now_ms is None else now_ms
    visitor = find(token_of(cookies))
    if visitor is None or not visitor.is_valid(now_ms):
        return None
    if now_ms - visitor.seen_ms > RENEW_MS:
        renew([visitor.token_hash], now_ms)
    return visitor


def find(token: str) -> Visitor | None:
    """The session of a token whatever its age, opened; None for an unknown or forged token."""
    raw = _raw(token)
    if raw is None:
        return None
    token_hash = hashlib.sha256(raw).digest()
    found = sql.rows(_FIND, (token_hash,))
    if not found:
        return None
    conversation_id, participant_id, nonce, sealed, seen_ms, state, kind, service_id, centre_id = found[0][:9]
    try:
        opened = vault.open_(vault.derive(raw, token_hash, _SESSION_INFO), nonce, sealed, _session_aad(conversation_id))
    except vault.DoesNotOpen:
        return None
    return Visitor(
        conversation_id,
        participant_id,
        opened[: vault.KEY_BYTES],
        opened[vault.KEY_BYTES :].decode(),
        token_hash,
        state,
        kind,
        service_id,
        centre_id,
        seen_ms,
        *found[0][9:],
    )


def new_session(
    *, conversation_id: int, participant_id: int, key: bytes, code: str, now_ms: int, secret: bytes | None = None
) -> str:
    """Keep a session for one browser and return its token, which goes into the cookie and nowhere else."""
    raw = secret or secrets.token_bytes(TOKEN_BYTES)
    token_hash = hashlib.sha256(raw).digest()
    derived = vault.derive(raw, token_hash, _SESSION_INFO)
    nonce, sealed = vault.seal(derived, key + code.encode(), _session_aad(conversation_id))
    sql.run(_KEEP, (token_hash, conversation_id, participant_id, nonce, sealed, now_ms, now_ms, False))
    return token_text(raw)


def token_text(raw: bytes) -> str:
    """The token of these 32 bytes as it stands in the cookie."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def make_code(conversation_id: int, key: bytes) -> str:
    """A fresh return code for a conversation, its key wrapped by it. Draws again while a locator is taken.

    A twentieth of the 1,048,576 locators in use costs one draw more in twenty; raises Refused when all seem taken.
    """
    for _draw in range(200):
        code = vault.ReturnCode.make()
        if sql.rows("SELECT 1 FROM live_returncode WHERE locator = %s", (code.locator,)):
            continue
        wrap = vault.wrap(code.secret, key, _CODE_INFO)
        taken = sql.run(
            "INSERT INTO live_returncode (locator, conversation_id, salt, nonce, wrapped, unwanted)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (locator) DO NOTHING",
            (code.locator, conversation_id, wrap.salt, wrap.nonce, wrap.wrapped, False),
        )
        if taken:
            return code.text
    raise Refused(_("We cannot take new conversations just now. Please call us, or try again in a while."))


def open_with_code(text: str, *, centre_id: int, now_ms: int | None = None) -> Opened | None:
    """The conversation of this centre that a return code opens, with a new session; None for every other text.

    Another centre's code is a wrong one here and leaves no session behind. Wrong, expired and never-existing
    codes do the same work: one look-up, one HKDF, one opening. Opens a write transaction only for a right code.
    """
    now_ms = clock.now_ms() if now_ms is None else now_ms
    code = vault.ReturnCode.parse(text)
    wanted = code or vault.ReturnCode(secrets.randbits(20), secrets.token_bytes(10))
    found = sql.rows(
        "SELECT r.salt, r.nonce, r.wrapped, r.conversation_id, p.id, c.state, c.kind, c.service_id, c.centre_id,"
        " c.ended_at_ms FROM live_returncode r JOIN live_conversation c ON c.id = r.conversation_id"
        " JOIN live_participant p ON p.conversation_id = c.id AND p.role = 'visitor' WHERE r.locator = %s",
        (wanted.locator,),
    )
    stored = vault.Wrap(*map(bytes, found[0][:3])) if found else _DECOY
    try:
        key = vault.unwrap(wanted.secret, stored, _CODE_INFO)
    except vault.DoesNotOpen:
        return None
    if code is None or not found:
        return None
    conversation_id, participant_id, state, kind, service_id, at_centre, ended_at_ms = found[0][3:]
    if at_centre != centre_id:
        return None
    with transaction.atomic():
        token = new_session(
            conversation_id=conversation_id, participant_id=participant_id, key=key, code=code.text, now_ms=now_ms
        )
    hashed = hash_of(token)
    assert hashed is not None
    visitor = Visitor(
        conversation_id,
        participant_id,
        key,
        code.text,
        hashed,
        state,
        kind,
        service_id,
        centre_id,
        now_ms,
        now_ms,
        ended_at_ms,
    )
    return Opened(visitor, token)


def code_unwanted(conversation_id: int, unwanted: bool = True) -> None:
    """Have the code destroyed when the visitor's session ends, or keep it after all."""
    sql.run("UPDATE live_returncode SET unwanted = %s WHERE conversation_id = %s", (unwanted, conversation_id))


def renew(token_hashes: Iterable[bytes], now_ms: int, *, streamed: bool = False) -> None:
    """Note that these sessions were heard of."""
    change = "seen_ms = %s, streamed = %s" if streamed else "seen_ms = %s"
    for piece in sql.in_sizes(list(token_hashes)):
        first = (now_ms, True) if streamed else (now_ms,)
        sql.run(
            f"UPDATE live_visitorsession SET {change} WHERE token_hash IN ({sql.marks(len(piece))})", (*first, *piece)
        )


def end_session(visitor: Visitor) -> None:
    """End one browser's session; an unwanted code goes with the last one."""
    with transaction.atomic():
        sql.run("DELETE FROM live_visitorsession WHERE token_hash = %s", (visitor.token_hash,))
        _destroy_unwanted(visitor.conversation_id)
        beacons.bump(f"conversation:{visitor.conversation_id}")


def end_visitor_sessions(conversation_id: int) -> None:
    """End every browser's session of a conversation; their streams are told within two seconds."""
    with transaction.atomic():
        sql.run("DELETE FROM live_visitorsession WHERE conversation_id = %s", (conversation_id,))
        _destroy_unwanted(conversation_id)
        beacons.bump(f"conversation:{conversation_id}")


def end_shut_sessions(conversation_id: int, *, but: bytes) -> None:
    """End the sessions that saw an ended conversation end, all except `but`: it goes on, and they must not."""
    with transaction.atomic():
        sql.run(
            "DELETE FROM live_visitorsession WHERE conversation_id = %s AND token_hash <> %s AND opened_ms <="
            " (SELECT c.ended_at_ms FROM live_conversation c WHERE c.id = live_visitorsession.conversation_id)",
            (conversation_id, but),
        )
        beacons.bump(f"conversation:{conversation_id}")


def end_silent_sessions(now_ms: int, limit: int = 200) -> int:
    """End sessions whose browser has been silent too long. Returns how many; call again while it is `limit`."""
    found = sql.rows(
        "SELECT s.token_hash, s.conversation_id, s.seen_ms, c.kind, c.state FROM live_visitorsession s"
        " JOIN live_conversation c ON c.id = s.conversation_id WHERE s.seen_ms < %s",
        (now_ms - _shortest_patience(),),
    )
    over = [(bytes(row[0]), row[1]) for row in found if now_ms - row[2] > kind_of(row[3]).session_ms(row[4])][:limit]
    if not over:
        return 0
    with transaction.atomic():
        for token_hash, conversation_id in over:
            sql.run("DELETE FROM live_visitorsession WHERE token_hash = %s", (token_hash,))
            _destroy_unwanted(conversation_id)
        beacons.bump(*(f"conversation:{conversation_id}" for _, conversation_id in over))
    return len(over)


def _shortest_patience() -> int:
    every = [kind.session_ms(state) for kind in (*kinds.values(), Kind("")) for state in ("waiting", "open", "ended")]
    return max(60_000, min(every))


def connected_by_pages(now_ms: int) -> frozenset[int]:
    """Conversations whose visitor reads without script and asked for a page lately."""
    found = sql.rows(
        "SELECT DISTINCT conversation_id FROM live_visitorsession WHERE streamed = %s AND seen_ms >= %s",
        (False, now_ms - PAGES_CONNECTED_MS),
    )
    return frozenset(row[0] for row in found)


def living(token_hashes: list[bytes]) -> frozenset[bytes]:
    """Those of the sessions that still exist."""
    alive: set[bytes] = set()
    for piece in sql.in_sizes(token_hashes):
        found = sql.rows(
            f"SELECT token_hash FROM live_visitorsession WHERE token_hash IN ({sql.marks(len(piece))})", piece
        )
        alive.update(bytes(row[0]) for row in found)
    return frozenset(alive)


def _destroy_unwanted(conversation_id: int) -> None:
    sql.run(
        "DELETE FROM live_returncode WHERE conversation_id = %s AND unwanted = %s AND NOT EXISTS"
        " (SELECT 1 FROM live_visitorsession s WHERE s.conversation_id = live_returncode.conversation_id)",
        (conversation_id, True),
    )


def _raw(token: str) -> bytes | None:
    if len(token) != 43:
        return None
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == TOKEN_BYTES else None


def _session_aad(conversation_id: int) -> bytes:
    return b"havn visitor session 1:%d" % conversation_id
