"""Public addresses that an app wants on the site's map beside the pages themselves."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import HttpRequest


class Address(NamedTuple):
    """A path of this site with its language, and the day of its last change."""

    path: str
    changed: dt.date


AddressesOf = Callable[[HttpRequest], Iterable[Address]]

_sources: list[AddressesOf] = []


def register_addresses(find: AddressesOf) -> None:
    """`find(request)` names the addresses of the request's centre, in a steady order. Called from AppConfig.ready()."""
    if find not in _sources:
        _sources.append(find)


def addresses_for(request: HttpRequest) -> list[Address]:
    """What the apps want on the map of this centre."""
    return [address for find in _sources for address in find(request)]
