"""Where the parts of the helpline that stand above it hang what the desk, the wall and a talk need from them.

Filled in AppConfig.ready() of each part; the helpline itself knows none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from havn.accounts.models import User
    from havn.helpline.actions.open_talks import Reader, TalkLine, Thread
    from havn.helpline.models import Turn
    from havn.helpline.queries.queue import QueueSnapshot
    from havn.live.api import Viewer
    from havn.tenancy.models import Centre, Service

# Where on the desk, the wall and "What goes when" a part may stand.
PLACES = frozenset(
    {
        "desk-lines",  # below the red alarm, above the panes
        "desk-duty",  # below the Next button, on duty only
        "desk-off-duty",  # inside the form that ends the duty
        "desk-list",  # the end of the list
        "thread-do",  # among the buttons of a talk's head
        "thread-strip",  # below a talk's head
        "reader-writes",  # where a silent reader writes, instead of the composer
        "keys",  # rows of the list of shortcuts
        "wall-lines",  # above the wall's numbers
        "wall-tables",  # a section of the wall
        "when",  # a section of "What goes when"
    }
)


@dataclass(frozen=True)
class Asked:
    """What a part is asked with: the page, who looks, and the talk that is open or the services that are shown."""

    request: HttpRequest
    user: "User"
    service: "Service | None" = None
    reader: "Reader | None" = None
    queue: "QueueSnapshot | None" = None
    lines: "Sequence[TalkLine]" = ()
    thread: "Thread | None" = None
    services: "Sequence[Service]" = ()


@dataclass(frozen=True)
class Part:
    """A template at a place. `context_of(asked)` fills it, or says None when there is nothing to show."""

    place: str
    template: str
    context_of: Callable[[Asked], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Aside:
    """Words beside a talk's log, for some of the staff: they hold no place in it, so no visitor can count them.

    Shown after the message `after_seq`, in the order of `at_ms`. `kind` is a kind of `rules/visibility.py`.
    """

    name: str
    kind: str
    label: str
    who: str
    text: str
    after_seq: int
    at_ms: int
    mine: bool


AsidesOf = Callable[["Turn", bytes, "Viewer"], "Sequence[Aside]"]

_parts: list[Part] = []
_scripts: dict[str, list[str]] = {"desk": [], "wall": []}
_styles: dict[str, list[str]] = {"desk": [], "wall": []}
_asides: list[AsidesOf] = []
_judged: list[Callable[["Turn", str], None]] = []
_off_duty: list[Callable[..., None]] = []
_finished: list[Callable[["Turn", int], None]] = []
_purges: list[Callable[["Centre"], None]] = []


def register_part(part: Part) -> None:
    """Show a template at a place. ValueError for a place that does not exist."""
    if part.place not in PLACES:
        raise ValueError(f"{part.place} is no place of the desk or the wall.")
    if part not in _parts:
        _parts.append(part)


def parts_at(place: str, asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    """The templates of a place that have something to show, with what fills them, in order."""
    here = sorted((part for part in _parts if part.place == place), key=lambda part: part.order)
    filled = [(part.template, part.context_of(asked)) for part in here]
    return [(template, context) for template, context in filled if context is not None]


def has_part(place: str) -> bool:
    """Whether anything is registered there at all."""
    return any(part.place == place for part in _parts)


def register_files(screen: str, *, script: str = "", style: str = "") -> None:
    """A module and a style sheet (paths below static/) for "desk" or "wall"."""
    for path, known in ((script, _scripts[screen]), (style, _styles[screen])):
        if path and path not in known:
            known.append(path)


def files_of(screen: str) -> dict[str, list[str]]:
    """The `scripts` and `styles` that parts add to a screen."""
    return {"scripts": _scripts[screen], "styles": _styles[screen]}


def register_asides(find: AsidesOf) -> None:
    """`find(turn, key, viewer)` gives what this viewer sees beside the talk's log, after the read is on the trail."""
    if find not in _asides:
        _asides.append(find)


def asides_of(turn: "Turn", key: bytes, viewer: "Viewer") -> list[Aside]:
    """Everything that parts keep beside this talk and this viewer sees, in order."""
    found = [aside for find in _asides for aside in find(turn, key, viewer)]
    return sorted(found, key=lambda aside: (aside.after_seq, aside.at_ms))


def register_judged(told: Callable[["Turn", str], None]) -> None:
    """`told(turn, before)` when a talk's risk changed, in the transaction that changes it, the row locked."""
    if told not in _judged:
        _judged.append(told)


def tell_judged(turn: "Turn", before: str) -> None:
    """Tell the parts that the risk of a talk is another than before."""
    for told in _judged:
        told(turn, before)


def register_off_duty(told: Callable[..., None]) -> None:
    """`told(service_id=…, user_id=…, now_ms=…)` when a duty ends, in its transaction."""
    if told not in _off_duty:
        _off_duty.append(told)


def tell_off_duty(*, service_id: int, user_id: int, now_ms: int) -> None:
    """Tell the parts that somebody's duty has ended."""
    for told in _off_duty:
        told(service_id=service_id, user_id=user_id, now_ms=now_ms)


def register_finished(told: Callable[["Turn", int], None]) -> None:
    """`told(turn, now_ms)` when a talk has ended or a child left the line, in its transaction, the row locked."""
    if told not in _finished:
        _finished.append(told)


def tell_finished(turn: "Turn", now_ms: int) -> None:
    """Tell the parts that a talk is over."""
    for told in _finished:
        told(turn, now_ms)


def register_purge(purge: Callable[["Centre"], None]) -> None:
    """`purge(centre)` destroys what a part keeps by a clock of its own, in the nightly purge. May run twice."""
    if purge not in _purges:
        _purges.append(purge)


def purge_parts(centre: "Centre") -> None:
    """Let every part destroy what is over."""
    for purge in _purges:
        purge(centre)
