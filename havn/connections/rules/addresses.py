"""Where messages may be sent: https, and no address inside the house unless the installation allows it.

The name is looked up once and the connection made to the very address that was looked at, so that a name that answers
differently the second time (DNS rebinding) leads nowhere else.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

LONGEST = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(Exception):
    """Nothing is sent there; `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes, in parts. `path` with its query."""

    host: str
    port: int
    path: str
    secure: bool

    @property
    def authority(self) -> str:
        """What stands in the Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def target_of(url: str, *, private: bool) -> Target:
    """The parts of an address. Raises Forbidden with the reason.

    http only to this very machine, and only where `private` addresses are allowed.
    """
    parts, port = _split(url)
    host = parts.hostname or ""
    if not host or not host.isascii() or any(letter.isspace() or letter in "\\%" for letter in host):
        raise Forbidden("unreadable")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("password")
    if parts.fragment:
        raise Forbidden("unreadable")
    secure = parts.scheme == "https"
    if not secure and not (parts.scheme == "http" and private and _is_here(host)):
        raise Forbidden("not-https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host.lower(), port or (443 if secure else 80), path, secure)


def check_address(text: str, *, private: bool) -> None:
    """Raises Forbidden for an address that a name led to and that lies inside the house, or is no single machine's."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        raise Forbidden("unreadable") from None
    for one in _meant(address):
        if one.is_multicast or one.is_unspecified or one == ipaddress.IPv4Address("255.255.255.255"):
            raise Forbidden("private")
        if not one.is_global and not private:
            raise Forbidden("private")


def _split(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise Forbidden("unreadable")
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise Forbidden("unreadable") from None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _meant(address: Address) -> list[Address]:
    """The address itself, and the one of the older kind that is written inside it."""
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        elif int(address) >> 32 == 0 and int(address) > 1:
            inner.append(ipaddress.IPv4Address(int(address)))
        found += [one for one in inner if one is not None]
        if address.ipv4_mapped is not None:
            # Python calls none of these global, whatever machine is meant.
            found.remove(address)
    return found
