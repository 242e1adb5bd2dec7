"""The look of a centre: an app that knows of one says so here, and every page wears it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Look:
    """A stylesheet after Havn's own and a picture instead of its mark: addresses of ours, or ""."""

    stylesheet: str = ""
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0


_looks: list[Callable[[HttpRequest], Look]] = []


def register_look(look_of_request: Callable[[HttpRequest], Look]) -> None:
    """Say how the look of a request's centre is found. Called from AppConfig.ready()."""
    _looks[:] = [look_of_request]


def look_of(request: HttpRequest) -> Look:
    """The look of the request's centre; Havn's own when nobody knows of another."""
    return _looks[0](request) if _looks else Look()
