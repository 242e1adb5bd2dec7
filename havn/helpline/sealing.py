"""Free text beside the log (names, summaries, reasons of transfers), sealed under the conversation's key."""

from havn.vault.rules import open_, seal


def _bound(conversation_id: int, field: str) -> bytes:
    return f"helpline:{field}:{conversation_id}".encode()


def seal_text(text: str, *, conversation_id: int, field: str, key: bytes) -> tuple[bytes, bytes]:
    """(nonce, sealed) of a text, bound to its conversation and field; two empty values for no text."""
    if not text:
        return b"", b""
    return seal(key, text.encode(), _bound(conversation_id, field))


def open_text(
    nonce: bytes | memoryview, sealed: bytes | memoryview, *, conversation_id: int, field: str, key: bytes
) -> str:
    """The text again; "" where there was none. Raises what the vault raises for a wrong key or place."""
    if not sealed:
        return ""
    return open_(key, bytes(nonce), bytes(sealed), _bound(conversation_id, field)).decode()
