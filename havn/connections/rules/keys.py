"""What a key is: random words of which only a prefix and a hash are kept, and what it opens."""

import datetime as dt
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

PREFIX_LENGTH = 8
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_TOKEN = re.compile(r"havn_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")


class Scope(StrEnum):
    """What a key opens. Never anything that was said in a talk."""

    OPENING = "opening"
    WAITING = "waiting"
    STATISTICS = "statistics"
    CALLS = "calls"
    MAIL = "mail"
    ROUNDS = "rounds"


@dataclass(frozen=True, repr=False)
class NewKey:
    """A key as it is shown once, and what is kept of it."""

    token: str
    prefix: str
    digest: bytes


def new_key() -> NewKey:
    """A fresh key: 256 random bits, so that a plain hash of it is enough to keep."""
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(PREFIX_LENGTH))
    token = f"havn_{prefix}_{secrets.token_urlsafe(32)}"
    return NewKey(token, prefix, digest_of(token))


def digest_of(token: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(token.encode()).digest()


def token_of(header: str) -> str:
    """The key in an Authorization header (RFC 6750); "" where there is none that could be ours."""
    scheme, _space, token = header.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _TOKEN.fullmatch(token) else ""


def prefix_of(token: str) -> str:
    """The part by which its row is found."""
    return token.split("_")[1]


def is_key(token: str, digest: bytes) -> bool:
    """Whether this is the key of that hash; takes as long for wrong ones as for the right one."""
    return hmac.compare_digest(digest_of(token), digest)


def holds(expires_on: dt.date | None, today: dt.date) -> bool:
    """Whether a key opens anything today: it does on its last day."""
    return expires_on is None or today <= expires_on
