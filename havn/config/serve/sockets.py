"""The sockets that outlive a restart of the processes behind them."""

import errno
import ipaddress
import os
import socket
from pathlib import Path

from havn.common.errors import Refused

_BACKLOG = 2048
# The system keeps socket paths in 108 bytes (104 on macOS), the closing zero included.
_LONGEST_PATH = 100
LOOPBACK = ("127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether an address or `localhost` can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def listen(hosts: tuple[str, ...], port: int) -> list[socket.socket]:
    """Listening TCP sockets, one an address. Raises Refused with a sentence when the port cannot be had.

    An address family that this machine does not have is left out as long as another one remains.
    """
    sockets: list[socket.socket] = []
    for host in hosts:
        try:
            sockets.append(_listen_on(host, port))
        except OSError as error:
            if error.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT} and len(hosts) > 1:
                continue
            raise Refused(_why_not(host, port, error)) from error
        port = sockets[0].getsockname()[1]
    if not sockets:
        raise Refused(f"None of the addresses {', '.join(hosts)} exists on this machine.")
    return sockets


def _listen_on(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host.strip("[]"), port))
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one, for example: PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights this user does not have. Choose one above 1023."
    if isinstance(error, socket.gaierror):
        return f"{host} is not an address of this machine. Give an IP address."
    return f"Havn cannot listen on {host}, port {port}: {error.strerror or error}."


def listen_unix(path: Path) -> socket.socket:
    """A listening Unix socket that only this user may open (0600). Raises Refused with a sentence."""
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise Refused(f"The path of the data folder is too long for the system's sockets: {path.parent.parent}.")
    path.unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    old = os.umask(0o177)
    try:
        made.bind(str(path))
    finally:
        os.umask(old)
    made.listen(_BACKLOG)
    made.setblocking(False)
    return made
