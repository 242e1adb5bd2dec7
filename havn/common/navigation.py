"""The staff menu and parts of every page: each app hangs its own here when it is ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

# So many screens fit in one line of a laptop; somebody with more chooses a group first.
IN_ONE_LINE = 10


class Group(IntEnum):
    """What a screen is for, in the order of the menu."""

    CONVERSATIONS = 1
    PUBLISHING = 2
    FIGURES = 3
    SETTING_UP = 4
    RUNNING = 5


@dataclass(frozen=True)
class Entry:
    """A screen of the menu. `label` is called while answering, so that it is in the reader's language.

    `to_do` says how much waits there for somebody; 0 shows nothing.
    """

    group: Group
    order: int
    url_name: str
    label: Callable[[], str]
    may_see: Callable[[HttpRequest], bool]
    to_do: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Link:
    """A line of the menu as a page shows it. `current`: "page" for this one, "true" for the one it is part of."""

    group: Group
    url: str
    label: str
    current: str
    to_do: int


@dataclass(frozen=True)
class Menu:
    """The menu of one person on one page: the groups, and the screens of the group that the page belongs to.

    Without groups `entries` is everything that the person may open.
    """

    groups: list[Link]
    entries: list[Link]


_entries: list[Entry] = []
# Templates that an app puts into every staff page of somebody signed in: beside the menu, and at the end.
_parts: dict[str, list[str]] = {"top": [], "end": []}
# Templates that an app puts at the foot of every public page. A page that must not carry them empties "parts".
_public_parts: list[str] = []


def register(entry: Entry) -> None:
    """Add a screen to the menu. Called from AppConfig.ready()."""
    _entries.append(entry)


def entries_for(request: HttpRequest) -> Iterator[Link]:
    """The screens this person may open, in order."""
    for entry in sorted(_entries, key=lambda one: (one.group, one.order)):
        if entry.may_see(request):
            url = reverse(entry.url_name)
            to_do = entry.to_do(request) if entry.to_do else 0
            yield Link(entry.group, url, entry.label(), _current(request.path, url), to_do)


def menu_for(request: HttpRequest) -> Menu:
    """The menu of this person on this page. A page that is no part of any screen shows the groups alone."""
    links = list(entries_for(request))
    groups = sorted({link.group for link in links})
    if len(links) <= IN_ONE_LINE or len(groups) == 1:
        return Menu([], links)
    here = next((link.group for link in links if link.current), None)
    return Menu([_as_link(group, links, here) for group in groups], [link for link in links if link.group == here])


def _as_link(group: Group, links: list[Link], here: Group | None) -> Link:
    """A group leads to its first screen, and says how much waits in all of them together."""
    inside = [link for link in links if link.group == group]
    to_do = sum(link.to_do for link in inside)
    return Link(group, inside[0].url, _name_of(group), "true" if group == here else "", to_do)


def _name_of(group: Group) -> str:
    return {
        Group.CONVERSATIONS: _("Conversations"),
        Group.PUBLISHING: _("Publishing"),
        Group.FIGURES: _("Figures"),
        Group.SETTING_UP: _("Setting up"),
        Group.RUNNING: _("Administration"),
    }[group]


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
