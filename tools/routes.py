"""The table of all addresses and who may open each: `python -m tools.routes` writes docs/reference/routes.md.

Read from the URLconf and from the live process's registry; a test compares the file with what is found here.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from havn.live.registry import LiveRoute

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "routes.md"
_HEAD = """# Addresses, and who may open them

Made by `python -m tools.routes`; a test fails when it is out of date, and another one requests every address as every
kind of person and compares. "staff" means any member of the centre; roles narrow it. Whether a person may touch this
service or this conversation is decided inside (`permissions.py` of each app).
"""


@dataclass(frozen=True)
class Route:
    """One address. `who` is "public", "visitor", "staff" or "" when its view says nothing."""

    address: str
    name: str
    who: str
    roles: tuple[str, ...]
    view: Any


def web_routes() -> list[Route]:
    """Every address of the web process, in the order of the address."""
    return sorted(_walk(get_resolver().url_patterns, "/", ""), key=lambda route: route.address)


def _walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, address, inside)
            continue
        access = getattr(pattern.callback, "access", None)
        who, roles = (access.who, access.roles) if access else ("", ())
        yield Route(address, f"{namespace}{pattern.name}", who, roles, pattern.callback)


def live_routes() -> list["LiveRoute"]:
    """Every address of the live process: its own and those that strands registered."""
    from havn.live import endpoints, registry

    routes = {route.path: route for route in [*endpoints.ROUTES, *registry.routes.values()]}
    return [routes[path] for path in sorted(routes)]


def table() -> str:
    """The whole page."""
    lines = [_HEAD, "## Pages and forms (web)", "", "| address | url name | who |", "|---|---|---|"]
    for route in web_routes():
        who = route.who + (f": {', '.join(route.roles)}" if route.roles else "")
        lines.append(f"| `{re.sub('<[a-z]+:', '<', route.address)}` | `{route.name}` | {who} |")
    lines += ["", "## Streams and posts (live)", "", "| address | methods | who |", "|---|---|---|"]
    for live in live_routes():
        lines.append(f"| `{live.path}` | {', '.join(live.methods)} | {live.access} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the file."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    django.setup()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
