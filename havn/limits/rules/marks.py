"""What a paused browser carries: until when, signed, and nothing else. Many browsers may carry the very same mark."""

import hashlib
import hmac

MINUTE_MS = 60_000
_SIGNED_CHARACTERS = 32


def mark_of(until_ms: int, key: bytes) -> str:
    """The mark of a pause until then (a whole minute)."""
    minutes = until_ms // MINUTE_MS
    return f"{minutes}-{_signature(minutes, key)}"


def until_of(mark: str, key: bytes) -> int | None:
    """Until when the pause of this mark lasts, in milliseconds; None for anything that we have not made."""
    minutes, _between, signature = mark.partition("-")
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 12 and signature.isascii()):
        return None
    if not hmac.compare_digest(signature, _signature(int(minutes), key)):
        return None
    return int(minutes) * MINUTE_MS


def _signature(minutes: int, key: bytes) -> str:
    return hmac.new(key, b"until %d" % minutes, hashlib.sha256).hexdigest()[:_SIGNED_CHARACTERS]
