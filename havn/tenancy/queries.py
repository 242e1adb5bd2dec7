"""Reads of tenancy."""

import ipaddress
import time

from django.conf import settings

from havn.tenancy.models import Centre

KNOWN_FOR_SECONDS = 5.0
"""How long a process may go on with a centre as it read it. Changes made in the same process show at once."""

_known: dict[str, tuple[float, Centre]] = {}


def without_port(host: str) -> str:
    """The name of a Host header, lower case: "Example.no:8000" -> "example.no", "[::1]:80" -> "[::1]"."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def is_local_name(name: str) -> bool:
    """Whether a name without its port always means the machine that asks: localhost and names below it (RFC 6761,
    6.3), 127.0.0.1, [::1] and their like.

    Any other name may be made to lead here by whoever owns it (DNS rebinding), with a page of theirs under it.
    """
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def centre_for_host(host: str) -> Centre | None:
    """The centre shown at a Host header's name; the only centre there is when it has no names yet.

    A Havn that serves its own machine alone shows a centre without names at local names only. Names without a centre
    are not remembered, so that inventing names fills no memory.
    """
    name = without_port(host)
    until, centre = _known.get(name, (0.0, None))
    if centre is not None and time.monotonic() < until:
        return centre
    centre = _read(name)
    if centre is not None:
        _known[name] = (time.monotonic() + KNOWN_FOR_SECONDS, centre)
    return centre


def forget_known_hosts(**_: object) -> None:
    """Read centres afresh from now on. Called when one is saved or deleted in this process."""
    _known.clear()


def _read(name: str) -> Centre | None:
    centre = Centre.objects.filter(hosts__host=name).first()
    if centre is None and _may_be_unnamed(name) and not Centre.objects.filter(hosts__isnull=False).exists():
        only = list(Centre.objects.hosted()[:2])
        centre = only[0] if len(only) == 1 else None
    if centre is None:
        _known.pop(name, None)
    return centre


def _may_be_unnamed(name: str) -> bool:
    return settings.FRONT != "loopback" or is_local_name(name)
