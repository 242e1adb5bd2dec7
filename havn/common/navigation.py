"""The staff menu and parts of every page: each app hangs its own here when it is ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """A screen of the menu. `label` is called while answering, so that it is in the reader's language.

    `to_do` says how much waits there for somebody; 0 shows nothing.
    """

    order: int
    url_name: str
    label: Callable[[], str]
    may_see: Callable[[HttpRequest], bool]
    to_do: Callable[[HttpRequest], int] | None = None


_entries: list[Entry] = []
# Templates that an app puts into every staff page of somebody signed in: beside the menu, and at the end.
_parts: dict[str, list[str]] = {"top": [], "end": []}
# Templates that an app puts at the foot of every public page. A page that must not carry them empties "parts".
_public_parts: list[str] = []


def register(entry: Entry) -> None:
    """Add a screen to the menu. Called from AppConfig.ready()."""
    _entries.append(entry)


def entries_for(request: HttpRequest) -> Iterator[dict[str, object]]:
    """The screens this person may open, in order. `current`: "page" for this one, "true" for the one it is part of."""
    for entry in sorted(_entries, key=lambda one: one.order):
        if entry.may_see(request):
            url = reverse(entry.url_name)
            to_do = entry.to_do(request) if entry.to_do else 0
            yield {"url": url, "label": entry.label(), "current": _current(request.path, url), "to_do": to_do}


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    if not path.startswith(f"{url}/"):
        return ""
    # Every screen of the staff stands below the desk; that alone makes none a part of it.
    is_root = any(reverse(one.url_name).startswith(f"{url}/") for one in _entries)
    return "" if is_root else "true"


def register_part(place: str, template: str) -> None:
    """Put a template into every staff page, "top" (beside the menu) or "end". Called from AppConfig.ready()."""
    if template not in _parts[place]:
        _parts[place].append(template)


def parts_for(request: HttpRequest) -> dict[str, list[str]]:
    """The templates of each place; none before somebody is signed in or while the session is locked."""
    staff = getattr(request, "staff", None)
    return _parts if staff is not None and not staff.locked else {"top": [], "end": []}


def register_public_part(template: str) -> None:
    """Put a template at the foot of every public page. Called from AppConfig.ready()."""
    if template not in _public_parts:
        _public_parts.append(template)


def public_parts() -> list[str]:
    """The templates at the foot of public pages."""
    return _public_parts
