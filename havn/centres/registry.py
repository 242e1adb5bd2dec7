"""Where strands above hang what the public pages below need from them. Filled in AppConfig.ready()."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from havn.centres.rules.opening import Staffing
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Keeping:
    """What a centre promises about how long a talk is kept."""

    days: int = 30
    unfinished_hours: int = 72
    backup_days: int = 7


StaffingOf = Callable[[int, dt.datetime], Staffing | None]
KeepingOf = Callable[[int], Keeping]

_staffing: list[StaffingOf] = []
_keeping: list[KeepingOf] = []
_readers: list[tuple[str, str, Callable[[int], bool]]] = []
_pages: dict[str, str] = {}
_easy: dict[str, str] = {}
_safety_texts: dict[str, str] = {}
_text_choice: list[Callable[[int, int | None, str], str]] = []


@dataclass(frozen=True)
class EntryPart:
    """What an app above shows below the doors of the first page.

    `rows_of(request)`: the part stands only where there is one of these rows (None: nowhere). All parts are asked about
    in one query, however many there are.
    """

    order: int
    template: str
    context_of: Callable[[HttpRequest], dict[str, Any] | None]
    rows_of: Callable[[HttpRequest], QuerySet[Any] | None] | None = None


_entry_parts: list[EntryPart] = []


def register_entry_part(part: EntryPart) -> None:
    """Show a template below the doors; `context_of(request)` fills it, or says None when there is nothing to show."""
    if part not in _entry_parts:
        _entry_parts.append(part)


def entry_parts(request: HttpRequest) -> list[dict[str, Any]]:
    """Each part that has something to show, in order: its `template` and its `context`."""
    absent = _absent(request)
    parts = [part for part in sorted(_entry_parts, key=lambda one: one.order) if part not in absent]
    filled = [(part, part.context_of(request)) for part in parts]
    return [{"template": part.template, "context": context} for part, context in filled if context is not None]


def _absent(request: HttpRequest) -> set[EntryPart]:
    """The parts of which no row is there."""
    asked = {part: part.rows_of(request) for part in _entry_parts if part.rows_of is not None}
    rows = {f"part_{number}": (part, found) for number, (part, found) in enumerate(asked.items())}
    questions = {name: Exists(found) for name, (_part, found) in rows.items() if found is not None}
    if not questions:
        return set(asked)
    here = Centre.objects.filter(pk=request.centre.pk)  # type: ignore[attr-defined]
    there = here.annotate(**questions).values(*questions).first() or {}
    return {part for name, (part, _found) in rows.items() if not there.get(name)}


def register_reader(place: str, template: str, is_so: Callable[[int], bool]) -> None:
    """Say on the privacy page who else reads a talk: `template` where `is_so(centre_id)`. `place` is "children" or
    "adults"."""
    if (place, template, is_so) not in _readers:
        _readers.append((place, template, is_so))


def readers_of(centre_id: int) -> dict[str, list[str]]:
    """The templates for each place of the privacy page."""
    found: dict[str, list[str]] = {"children": [], "adults": []}
    for place, template, is_so in _readers:
        if is_so(centre_id):
            found[place].append(template)
    return found


def register_staffing(staffing_of: StaffingOf) -> None:
    """`staffing_of(service_id, now)` says who is on duty; None when the service has set no minimum."""
    _staffing[:] = [staffing_of]


def staffing_of(service_id: int, now: dt.datetime) -> Staffing | None:
    """Who is on duty in a service that has set a minimum, else None."""
    return _staffing[0](service_id, now) if _staffing else None


def register_keeping(keeping_of: KeepingOf) -> None:
    """`keeping_of(centre_id)` says how long the centre keeps talks: what the privacy page promises."""
    _keeping[:] = [keeping_of]


def keeping_of(centre_id: int) -> Keeping:
    """How long the centre keeps talks."""
    return _keeping[0](centre_id) if _keeping else Keeping()


def register_page(channel: str, url_name: str, *, easy: str = "") -> None:
    """Say which page of this site is the door of a channel: ("chat", "helpline:start"). Unregistered: no door.

    The channel "come-back" is the page where a return code is typed. `easy` is the query, such as "easy=1", with which
    the page speaks in easy words; "" for one that has none.
    """
    _pages[channel] = url_name
    _easy[channel] = easy


def easy_query_of(channel: str) -> str:
    """The query with which our door to a channel speaks in easy words, or ""."""
    return _easy.get(channel, "")


def page_of(channel: str) -> str | None:
    """The url name of our own door to a channel, or None."""
    return _pages.get(channel)


def register_safety_text(key: str, english: str) -> None:
    """Add a text on safety or confidentiality, marked with `gettext_noop`, that needs a person's approval."""
    _safety_texts[key] = english


def register_text_choice(choose: Callable[[int, int | None, str], str]) -> None:
    """`choose(centre_id, service_id, key)` names the text that stands in place of `key`; `key` itself by default.

    `service_id` is None on a page that speaks for the whole centre.
    """
    _text_choice[:] = [choose]


def chosen_text(centre_id: int, service_id: int | None, key: str) -> str:
    """The key of the text that this centre or service shows there."""
    return _text_choice[0](centre_id, service_id, key) if _text_choice else key


def safety_texts() -> dict[str, str]:
    """All such texts: key -> the English words."""
    return dict(_safety_texts)
