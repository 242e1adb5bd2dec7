"""Where the parts of the helpline that stand above it hang what the desk, the wall and the settings show of them.

Filled in AppConfig.ready() of each part; the helpline itself knows none of them. A template gets what its part says as
`part`, beside everything that the screen itself has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from havn.live import registry as live

if TYPE_CHECKING:
    from havn.accounts.models import User
    from havn.helpline.actions.open_talks import TalkLine, Thread
    from havn.helpline.models import Turn
    from havn.helpline.queries.queue import QueueSnapshot
    from havn.tenancy.models import Service
    from havn.vault.api import Keyring

# Where on each screen a part may stand.
PLACES = {
    "desk": (
        "desk_lines",  # below the red alarm, above the panes
        "desk_duty",  # below the Next button, on duty
        "desk_off",  # inside the form that ends the duty
        "desk_list",  # above "My talks"
        "desk_do",  # among the buttons of a talk's head
        "desk_risk",  # where the risk of a talk is set
        "desk_head",  # below the buttons of a talk's head
        "desk_talk",  # between a talk's head and its words
        "desk_writes",  # where a silent reader writes, instead of the composer
        "desk_record",  # at the top of the contact record
        "desk_keys",  # rows of the list of shortcuts
    ),
    "wall": (
        "wall_lines",  # above the numbers
        "wall_numbers",  # one more number
        "wall_tables",  # a section above the open talks
    ),
    "letter": ("letter_head",),  # above a letter's words, where it is answered
    "when": ("when",),  # a section of "What goes when"
}


@dataclass(frozen=True)
class Screen:
    """Who looks at which screen: with which keys, at which queue, the talk that is open, the sign-in for the trail."""

    user: "User"
    service: "Service"
    keyring: "Keyring"
    queue: "QueueSnapshot | None" = None
    thread: "Thread | None" = None
    lines: "Sequence[TalkLine]" = ()
    session_hash: bytes = b""
    letter: "Turn | None" = None


ValuesOf = Callable[[Screen], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A template at a place. `values_of(screen)` fills it, or says None when there is nothing to show."""

    place: str
    template: str
    values_of: ValuesOf
    order: int = 50


@dataclass(frozen=True)
class Tab:
    """A settings screen of a part, beside the helpline's own. It takes `?service=`."""

    url_name: str
    label: Callable[[], str]
    order: int = 50


_parts: list[Part] = []
_tabs: list[Tab] = []
_scripts: dict[str, list[str]] = {screen: [] for screen in PLACES}
_styles: dict[str, list[str]] = {screen: [] for screen in PLACES}


def register_part(place: str, template: str, values_of: ValuesOf, *, order: int = 50) -> None:
    """Show a template at a place. ValueError for a place that does not exist."""
    if not any(place in places for places in PLACES.values()):
        raise ValueError(f"{place} is no place of the desk or the wall.")
    part = Part(place, template, values_of, order)
    if part not in _parts:
        _parts.append(part)


def register_files(screen: str, *, script: str = "", style: str = "") -> None:
    """A module and a style sheet (paths below static/) for the "desk" or the "wall"."""
    for path, known in ((script, _scripts[screen]), (style, _styles[screen])):
        if path and path not in known:
            known.append(path)


def register_tab(tab: Tab) -> None:
    """Add a screen to the settings of the helpline."""
    if tab not in _tabs:
        _tabs.append(tab)


def parts_of(screen: Screen, name: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """`parts` for a screen's template: of each place the templates that have something to show, in order."""
    found: dict[str, list[dict[str, Any]]] = {place: [] for place in PLACES[name]}
    for part in sorted(_parts, key=lambda one: one.order):
        values = part.values_of(screen) if part.place in found else None
        if values is not None:
            found[part.place].append({"template": part.template, "values": values})
    return {"parts": found}


def files_of(name: str) -> dict[str, list[str]]:
    """For a screen's template: `part_scripts`, `part_styles`, and as `part_topics` what else the stream tells."""
    topics = {topic.staff_event for topic in live.topics.values() if topic.for_staff is not None}
    return {
        "part_scripts": _scripts[name],
        "part_styles": _styles[name],
        "part_topics": sorted(topics - {"queue"}),
    }


def tabs() -> list[Tab]:
    """The settings screens of the parts, in order."""
    return sorted(_tabs, key=lambda one: one.order)
