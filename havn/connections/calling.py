"""Sending one message: the name looked up, the address looked at, and the connection made to that very address.

No redirect is followed, no proxy asked, and nothing of the answer kept but its status.
"""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from havn.connections.rules.addresses import Forbidden, Target, check_address, target_of

SECONDS = 10
# Of the whole call, however slowly the other side drips its answer.
LONGEST_S = 20
_READ = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the status of the answer, or a code for why there was none."""

    status: int | None = None
    error: str = ""


def post(url: str, headers: dict[str, str], body: bytes) -> Outcome:
    """Post a message. Never raises for what the other side does or is.

    `error` is "unreadable", "password", "not-https", "private" (refused by us), "unknown-name", "no-answer", "tls" or
    "not-http".
    """
    private = bool(settings.CONNECT_PRIVATE)
    try:
        target = target_of(url, private=private)
        address = _address_of(target, private=private)
        return Outcome(_status(target, address, headers, body))
    except Forbidden as forbidden:
        return Outcome(error=forbidden.why)
    except socket.gaierror:
        return Outcome(error="unknown-name")
    except ssl.SSLError:
        return Outcome(error="tls")
    except OSError:
        return Outcome(error="no-answer")
    except (http.client.HTTPException, ValueError):
        return Outcome(error="not-http")


def _address_of(target: Target, *, private: bool) -> tuple[str, int]:
    """The first address of the name. Raises Forbidden when any of its addresses may not be called."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise Forbidden("unreadable") from error
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        check_address(address, private=private)
    if not addresses:
        raise Forbidden("unknown-name")
    return addresses[0], target.port


def _status(target: Target, address: tuple[str, int], headers: dict[str, str], body: bytes) -> int:
    line = _Line(socket.create_connection(address, timeout=SECONDS))
    end = threading.Timer(LONGEST_S, line.end)
    end.daemon = True
    end.start()
    try:
        if target.secure:
            line.secure(target.host)
        return _asked(line.socket, target, headers, body)
    except (ssl.SSLError, http.client.HTTPException):
        if line.ended:
            raise TimeoutError from None
        raise
    finally:
        end.cancel()
        line.socket.close()


def _asked(line: socket.socket, target: Target, headers: dict[str, str], body: bytes) -> int:
    connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    connection.sock = line
    try:
        connection.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": target.authority, "Content-Length": str(len(body)), **headers}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.read(_READ)
        return answer.status
    finally:
        connection.close()


class _Line:
    """The socket that is open just now: securing it puts another in the place of the first."""

    def __init__(self, plain: socket.socket) -> None:
        self.socket = plain
        self.ended = False
        self._changing = threading.Lock()

    def secure(self, host: str) -> None:
        """Speak TLS from here on. Raises ssl.SSLError."""
        context = ssl.create_default_context()
        with self._changing:
            line = context.wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
            self.socket = line
        line.do_handshake()

    def end(self) -> None:
        """Shut it, from another thread; whoever reads sees its end. The TLS around it is left as it is."""
        self.ended = True
        with self._changing, suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
