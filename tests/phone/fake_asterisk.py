"""As much of Asterisk's REST interface as the adapter speaks with: the list of channels and the stream of events."""

import asyncio
import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass
class FakeAsterisk:
    """Listens on a free port. `says` sends an event to whoever listens; `hangs_up` cuts the line."""

    user: str = "havn"
    password: str = "a long one"
    channels: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    port: int = 0
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    pongs: int = 0
    _server: asyncio.Server | None = None
    _line: asyncio.StreamWriter | None = None
    _lines: list[asyncio.StreamWriter] = field(default_factory=list)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        await self.hangs_up()
        for line in self._lines:
            line.transport.abort()
        await asyncio.sleep(0)
        self._server.close()

    async def says(self, event: dict[str, Any], *, pieces: int = 1) -> None:
        """One event, in one frame or several."""
        payload = json.dumps(event).encode()
        size = -(-len(payload) // pieces)
        for at in range(pieces):
            part = payload[at * size : (at + 1) * size]
            self._write(0x80 * (at == pieces - 1) | (0x1 if at == 0 else 0x0), part)
        assert self._line is not None
        await self._line.drain()

    def pings(self) -> None:
        self._write(0x89, b"there?")

    async def hangs_up(self) -> None:
        self.connected.clear()
        if self._line is not None:
            self._line.transport.abort()
            self._line = None
        await asyncio.sleep(0)

    def _write(self, first: int, payload: bytes) -> None:
        assert self._line is not None
        length = len(payload)
        head = bytes([first, length]) if length < 126 else bytes([first, 126]) + length.to_bytes(2)
        self._line.write(head + payload)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.append(writer)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split(" ")[1]
        self.asked.append(path)
        signed = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if f"Authorization: Basic {signed}" not in head:
            writer.write(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            writer.close()
        elif path == "/ari/channels":
            body = json.dumps(self.channels).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
            writer.close()
        else:
            key = next(line.split(": ")[1] for line in head.split("\r\n") if line.startswith("Sec-WebSocket-Key"))
            accept = base64.b64encode(hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest())
            writer.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
            )
            self._line = writer
            self.connected.set()
            await self._listen(reader)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                first, second = await reader.readexactly(2)
                assert second & 0x80, "what a client sends is masked"
                await reader.readexactly(4 + (second & 0x7F))
                self.pongs += first == 0x8A
        except (asyncio.IncompleteReadError, OSError):
            return
