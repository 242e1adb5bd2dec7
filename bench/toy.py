"""The floor: a bare ASGI event stream and post, durable (SQLite, synchronous=FULL, group commit), and nothing else.

No session, no permission, no sealing, no limit, no resume: what a weekend's chat would cost. Run by uvicorn exactly as
Havn's live process is. A room has two sides, told apart by the query; both sides' streams get every message.
"""

import asyncio
import json
import queue
import sqlite3
import sys
import threading
from typing import Any

SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, room INTEGER, author TEXT, body TEXT, at REAL);
CREATE INDEX IF NOT EXISTS message_room ON message (room, id);
"""


class Toy:
    def __init__(self, path: str) -> None:
        self.path = path
        self.rooms: dict[int, set[asyncio.Queue[bytes]]] = {}
        self.jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self.loop = asyncio.get_running_loop()
            threading.Thread(target=self._write, daemon=True).start()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["path"] == "/stream":
            await self._stream(int(scope["query_string"]), receive, send)
        else:
            await self._post(receive, send)

    async def _stream(self, room: int, receive: Any, send: Any) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream")],
            }
        )
        mine: asyncio.Queue[bytes] = asyncio.Queue()
        self.rooms.setdefault(room, set()).add(mine)
        try:
            while True:
                frame = await mine.get()
                await send({"type": "http.response.body", "body": frame, "more_body": True})
        finally:
            self.rooms[room].discard(mine)

    async def _post(self, receive: Any, send: Any) -> None:
        assert self.loop is not None
        message = json.loads((await receive())["body"])
        done = self.loop.create_future()
        self.jobs.put((message, done))
        number = await done
        body = json.dumps({"id": number}).encode()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
            }
        )
        await send({"type": "http.response.body", "body": body})

    def _write(self) -> None:
        assert self.loop is not None
        db = sqlite3.connect(self.path, isolation_level=None)
        db.executescript(SCHEMA)
        while True:
            batch = [self.jobs.get()]
            while len(batch) < 500:
                try:
                    batch.append(self.jobs.get_nowait())
                except queue.Empty:
                    break
            db.execute("BEGIN IMMEDIATE")
            numbers = [
                db.execute(
                    "INSERT INTO message (room, author, body, at) VALUES (?, ?, ?, julianday())",
                    (message["room"], message["author"], message["text"]),
                ).lastrowid
                for message, _ in batch
            ]
            db.execute("COMMIT")
            self.loop.call_soon_threadsafe(self._deliver, batch, numbers)

    def _deliver(self, batch: list[Any], numbers: list[Any]) -> None:
        for (message, done), number in zip(batch, numbers, strict=True):
            if not done.done():
                done.set_result(number)
            frame = f"id: {number}\ndata: {json.dumps(message)}\n\n".encode()
            for stream in self.rooms.get(message["room"], ()):
                stream.put_nowait(frame)


def main() -> None:
    import uvicorn

    path, port = sys.argv[1], int(sys.argv[2])
    config = uvicorn.Config(
        Toy(path),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
