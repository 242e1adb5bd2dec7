"""Keys and endpoints without people, and a receiver that listens on this machine."""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from havn.common.clock import now
from havn.common.ids import random_id
from havn.common.signatures import new_secret
from havn.connections.models import ApiKey, Endpoint, EndpointSecret
from havn.connections.rules.keys import Scope, new_key
from havn.connections.sealing import seal_secret
from havn.tenancy.models import Centre, Service


def make_key(centre: Centre, *scopes: str, service: Service | None = None, **fields: Any) -> str:
    """A key with these scopes, all when none is named."""
    made = new_key()
    ApiKey.objects.create(
        centre=centre,
        service=service,
        name="Intranet",
        prefix=made.prefix,
        digest=made.digest,
        scopes=list(scopes) or [str(one) for one in Scope],
        made_at=now(),
        **fields,
    )
    return made.token


def bearer(token: str) -> dict[str, str]:
    """The headers of a request with it."""
    return {"Authorization": f"Bearer {token}"}


def make_endpoint(centre: Centre, *events: str, url: str = "https://receiver.example/in", **fields: Any) -> Endpoint:
    """An endpoint with a secret."""
    endpoint = Endpoint.objects.create(
        centre=centre, name="Intranet", url=url, events=list(events), made_at=now(), **fields
    )
    add_secret(endpoint)
    return endpoint


def add_secret(endpoint: Endpoint, until: dt.datetime | None = None) -> str:
    """A secret of the endpoint, in clear."""
    secret, number = new_secret(), random_id()
    EndpointSecret.objects.create(
        pk=number, endpoint=endpoint, sealed=seal_secret(number, secret), made_at=now(), until=until
    )
    return secret


@dataclass
class Receiver:
    """What a server of the other side was sent. `answers` are the statuses that it gives, the last one for ever."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    location: str = ""
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A server on a free port of this machine."""
    heard = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(heard.answers.pop(0) if len(heard.answers) > 1 else heard.answers[0])
            if heard.location:
                self.send_header("Location", heard.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/in?from=havn"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()


DRIPS_S = 4.0


@contextmanager
def dripping(certificate: Path, key: Path, *, in_the_handshake: bool) -> Iterator[int]:
    """A port of this machine that answers a byte at a time for `DRIPS_S`, in the middle of TLS or inside it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    door = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        line, _where = door.accept()
        line.settimeout(DRIPS_S)
        with suppress(OSError):
            # The head of a record of 16 KB, or a line that never ends.
            line = line if in_the_handshake else context.wrap_socket(line, server_side=True)
            line.sendall(b"\x16\x03\x03\x3f\xff" if in_the_handshake else b"HTTP/1.1 ")
            ends = time.monotonic() + DRIPS_S
            while time.monotonic() < ends:
                line.sendall(b"2")
                time.sleep(0.02)
        line.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        door.close()
        thread.join()
