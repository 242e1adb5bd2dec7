"""As much of a WebSocket client (RFC 6455) as reading Asterisk's events needs: text in, pongs and a close out."""

import asyncio
import base64
import contextlib
import hashlib
import secrets
import ssl
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CONTINUED, _CLOSE, _PING, _PONG = 0x1, 0x0, 0x8, 0x9, 0xA
LONGEST = 1024 * 1024
_HEAD_SECONDS = 10.0
# Asterisk says nothing while nobody calls; a ping of ours tells a dead line from a quiet one.
QUIET_SECONDS = 30.0


class LineLost(Exception):
    """The connection could not be made, was refused or broke; the words say which, and hold no secret."""


class WebSocket:
    """An open connection. Made by `connect`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def texts(self) -> AsyncIterator[str]:
        """Every text message until the other side closes. Raises LineLost when the line breaks or falls silent."""
        whole = b""
        pinged = False
        while True:
            try:
                final, kind, payload = await self._frame()
            except TimeoutError:
                if pinged:
                    raise LineLost("Asterisk does not answer any more.") from None
                pinged = True
                await self._send(_PING, b"")
                continue
            except (OSError, asyncio.IncompleteReadError):
                raise LineLost("The connection to Asterisk broke.") from None
            pinged = False
            if kind == _CLOSE:
                await self._send(_CLOSE, payload[:2])
                return
            if kind == _PING:
                await self._send(_PONG, payload)
            elif kind in {_TEXT, _CONTINUED}:
                whole += payload
                if len(whole) > LONGEST:
                    raise LineLost("Asterisk sent a message that is too long.")
                if final:
                    yield whole.decode("utf-8", "replace")
                    whole = b""

    async def close(self) -> None:
        """End the connection, politely if it still stands."""
        with contextlib.suppress(LineLost):
            await self._send(_CLOSE, b"\x03\xe8")
        self._writer.close()

    async def _frame(self) -> tuple[bool, int, bytes]:
        # The patience is for the beginning of a frame alone: cut off in its middle, the next could not be found.
        first, second = await asyncio.wait_for(self._reader.readexactly(2), QUIET_SECONDS)
        length = second & 0x7F
        if length == 126:
            length = int.from_bytes(await self._reader.readexactly(2))
        elif length == 127:
            length = int.from_bytes(await self._reader.readexactly(8))
        if length > LONGEST or second & 0x80:
            raise LineLost("Asterisk sent a frame that cannot be read.")
        return bool(first & 0x80), first & 0x0F, await self._reader.readexactly(length)

    async def _send(self, kind: int, payload: bytes) -> None:
        mask = secrets.token_bytes(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
        try:
            self._writer.write(bytes([0x80 | kind, 0x80 | len(payload)]) + mask + masked)
            await self._writer.drain()
        except OSError:
            raise LineLost("The connection to Asterisk broke.") from None


async def connect(url: str, headers: Mapping[str, str]) -> WebSocket:
    """Open ws:// or wss:// with these headers. Raises LineLost."""
    parts = urlsplit(url)
    secure = parts.scheme == "wss"
    port = parts.port or (443 if secure else 80)
    context = ssl.create_default_context() if secure else None
    key = base64.b64encode(secrets.token_bytes(16))
    try:
        async with asyncio.timeout(_HEAD_SECONDS):
            reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
            writer.write(_request(parts.path, parts.query, parts.netloc.rpartition("@")[2], key, headers))
            head = await reader.readuntil(b"\r\n\r\n")
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise LineLost("Asterisk cannot be reached.") from None
    status, _, rest = head.partition(b"\r\n")
    told = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in rest.split(b"\r\n"))
    }
    if b" 101" not in status:
        writer.close()
        code = status.split(b" ")[1:2]
        raise LineLost(f"Asterisk refused the connection ({b''.join(code).decode('latin-1')}).")
    if told.get(b"sec-websocket-accept") != base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest()):
        writer.close()
        raise LineLost("What answers there is no WebSocket.")
    return WebSocket(reader, writer)


def _request(path: str, query: str, host: str, key: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"GET {path or '/'}{'?' + query if query else ''} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key.decode()}",
        "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
