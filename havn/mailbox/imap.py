"""A mailbox opened by IMAP: what lies there, its bytes, and letting go of it. Knows no table and keeps nothing.

Errors become `Trouble` with a code (`words.py: trouble_words`); what the server said is repeated nowhere, since servers
quote addresses.
"""

import logging
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from havn.mailbox.queries.connection import Place
from havn.mailbox.rules.reading import LONGEST

# Its debug lines hold what was said.
logging.getLogger("imapclient").setLevel(logging.ERROR)
TIMEOUT = SocketTimeout(connect=10, read=60)
_BROKEN = (OSError, IMAPClientError, EOFError, ValueError, AssertionError)


class Trouble(Exception):
    """The mailbox could not be asked; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Box:
    """An open mailbox. Every method raises `Trouble`."""

    def __init__(self, client: IMAPClient, *, keeps: bool) -> None:
        self._client, self._keeps = client, keeps
        with _troubled():
            self._can = {one.upper() for one in client.capabilities()}

    def waiting(self) -> list[int]:
        """The numbers of e-mails that have not been taken yet, the oldest first."""
        with _troubled():
            return sorted(self._client.search(["UNSEEN", "UNDELETED"] if self._keeps else ["UNDELETED"]))

    def fetch(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """The bytes of e-mails, of each at most what is looked at and one more."""
        if not numbers:
            return {}
        wanted = f"BODY.PEEK[]<0.{LONGEST + 1}>"
        with _troubled():
            found = self._client.fetch(numbers, [wanted])
        bodies = {}
        for number, parts in found.items():
            body = next((one for name, one in parts.items() if name.startswith(b"BODY[]")), None)
            if isinstance(body, bytes):
                bodies[number] = body
        return bodies

    def let_go(self, numbers: Sequence[int]) -> None:
        """Delete them for good, or leave them there marked as read. Only what is stored may be let go of."""
        if not numbers:
            return
        with _troubled():
            if self._keeps:
                self._client.add_flags(numbers, [b"\\Seen"], silent=True)
                return
            self._client.delete_messages(numbers, silent=True)
            if b"UIDPLUS" in self._can:
                self._client.uid_expunge(numbers)
            else:
                self._client.expunge()

    @contextmanager
    def listening(self) -> Iterator[bool]:
        """Be told of new e-mails while the block runs, where the server can (False: it cannot, ask again)."""
        if b"IDLE" not in self._can:
            yield False
            return
        with _troubled():
            self._client.idle()
        try:
            yield True
        finally:
            with _troubled():
                self._client.idle_done()

    def hears(self, seconds: float) -> bool:
        """Whether the server says within so many seconds that something is there. Only while `listening`."""
        with _troubled():
            said = self._client.idle_check(timeout=seconds)
        return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in said if isinstance(one, tuple))


@contextmanager
def opened(place: Place) -> Iterator[Box]:
    """Connect, sign in, choose the folder; closed in any case. Raises `Trouble`."""
    if place.security == "none" and not is_this_machine(place.host):
        raise Trouble("insecure")
    if not place.password:
        raise Trouble("password")
    client = _connected(place)
    try:
        yield Box(client, keeps=place.keeps)
    finally:
        try:
            client.logout()
        except _BROKEN:
            client.shutdown()


def is_this_machine(host: str) -> bool:
    """Whether a name is the loopback of the machine itself, where nothing passes over a line."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _connected(place: Place) -> IMAPClient:
    with _troubled():
        context = ssl.create_default_context()
        secure = place.security == "tls"
        client = IMAPClient(
            place.host, port=place.port, ssl=secure, ssl_context=context if secure else None, timeout=TIMEOUT
        )
    try:
        with _troubled():
            if place.security == "starttls":
                client.starttls(context)
        with _troubled("sign-in"):
            client.login(place.user, place.password)
        with _troubled("folder"):
            client.select_folder(place.folder)
    except Trouble:
        client.shutdown()
        raise
    return client


@contextmanager
def _troubled(refused: str = "unclear") -> Iterator[None]:
    """Turn what went wrong into a code. `refused` is what a "no" of the server means here."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise Trouble("certificate") from None
    except socket.gaierror:
        raise Trouble("no-host") from None
    except LoginError:
        raise Trouble("sign-in") from None
    except OSError:
        raise Trouble("no-answer") from None
    except _BROKEN:
        # Among them what the library cannot put on the line, such as a password with letters that IMAP has none for.
        raise Trouble(refused) from None
