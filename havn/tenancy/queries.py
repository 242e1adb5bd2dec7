"""Reads of tenancy."""

import time

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


def centre_for_host(host: str) -> Centre | None:
    """The centre shown at a Host header's name; the only centre there is when it has no names yet.

    Names without a centre are not remembered, so that inventing names fills no memory.
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
    if centre is None and not Centre.objects.filter(hosts__isnull=False).exists() and Centre.objects.count() == 1:
        centre = Centre.objects.first()
    if centre is None:
        _known.pop(name, None)
    return centre
