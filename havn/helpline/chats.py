"""Where an app above the helpline takes part in chats: who may begin one now, and what the child's pages show besides.

The helpline knows nothing of it. Filled in AppConfig.ready(). Whoever says that there is danger is never kept out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpResponse

    from havn.helpline.models import Turn
    from havn.live.api import Started
    from havn.live.visitors import Visitor
    from havn.tenancy.models import Centre, Service


@dataclass(frozen=True)
class Closed:
    """No chat begins from this browser now: the page that says so, and the same as a sentence for scripts."""

    template: str
    values: Mapping[str, Any]
    sentence: str


@dataclass(frozen=True)
class End:
    """The last page of a chat that ended in another way than the helpline knows.

    `template` stands below heading and sentence, filled with `values` as `part`. A letter is offered on the spot, and
    nothing leads back in line.
    """

    heading: str
    sentence: str
    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Cookie:
    """What a browser keeps from a page on: HttpOnly, for so many seconds; 0 takes it away."""

    name: str
    value: str
    seconds: int


@dataclass(frozen=True)
class StartPart:
    """What stands above the button of the start form. `values(service, fields)`; its template reads them as `part`."""

    template: str
    values: Callable[["Service", Mapping[str, str]], dict[str, Any] | None]


# (cookies, who holds this browser's visit, centre, now_ms)
Gate = Callable[[Mapping[str, str], "Visitor | None", "Centre", int], Closed | None]
# (the turn, its row locked, now_ms): raises Refused where this chat may not go back in line.
AgainRule = Callable[["Turn", int], None]
# (the chat, the fields of its form), in the transaction that starts it; Refused undoes it and shows the form again.
ChatStarted = Callable[["Started", Mapping[str, str]], None]


@dataclass(frozen=True)
class EndPart:
    """What stands on the last page of a chat, below heading and sentence. `values(visitor)`; read there as `part`.

    Whoever sits at this browser may see it: nothing of what was said stands there.
    """

    template: str
    values: "Callable[[Visitor], dict[str, Any] | None]"


@dataclass
class _Registry:
    gates: list[Gate] = field(default_factory=list)
    again_rules: list[AgainRule] = field(default_factory=list)
    told_started: list[ChatStarted] = field(default_factory=list)
    start_parts: list[StartPart] = field(default_factory=list)
    ends: "list[Callable[[Turn], End | None]]" = field(default_factory=list)
    end_parts: list[EndPart] = field(default_factory=list)
    cookies: "list[Callable[[Turn, Mapping[str, str]], Cookie | None]]" = field(default_factory=list)


_known = _Registry()


def register_gate(gate: Gate) -> None:
    """Ask this before a chat begins, unless there is danger."""
    _known.gates.append(gate)


def register_again_rule(rule: AgainRule) -> None:
    """Ask this before a chat goes back in line."""
    _known.again_rules.append(rule)


def register_chat_started(run: ChatStarted) -> None:
    """Call this when a chat begins; its key is in clear only there."""
    _known.told_started.append(run)


def register_start_part(part: StartPart) -> None:
    """Show something on the form that begins a chat."""
    _known.start_parts.append(part)


def register_end(find: "Callable[[Turn], End | None]") -> None:
    """`find(turn)` says how a chat's last page looks, or None for the usual one."""
    _known.ends.append(find)


def register_end_part(part: EndPart) -> None:
    """Show something on the last page of a chat, however it ended."""
    _known.end_parts.append(part)


def register_cookie(find: "Callable[[Turn, Mapping[str, str]], Cookie | None]") -> None:
    """`find(turn, cookies)` says what the browser of this chat keeps from now on, None for nothing new."""
    _known.cookies.append(find)


def closed_for(cookies: Mapping[str, str], visitor: "Visitor | None", centre: "Centre", now_ms: int) -> Closed | None:
    """Why no chat begins from this browser now, or None."""
    return next((found for gate in _known.gates if (found := gate(cookies, visitor, centre, now_ms))), None)


def check_again(turn: "Turn", now_ms: int) -> None:
    """Raises Refused where this chat may not go back in line."""
    for rule in _known.again_rules:
        rule(turn, now_ms)


def started(chat: "Started", fields: Mapping[str, str]) -> None:
    """A chat began with these fields of its form."""
    for run in _known.told_started:
        run(chat, fields)


def start_parts(service: "Service", fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the start form shows besides: `template` and `values` of each part."""
    filled = [(part.template, part.values(service, fields)) for part in _known.start_parts]
    return [{"template": template, "values": values} for template, values in filled if values is not None]


def end_of(turn: "Turn") -> End | None:
    """How this chat's last page looks, or None for the usual one."""
    return next((found for find in _known.ends if (found := find(turn))), None)


def end_parts(visitor: "Visitor") -> list[dict[str, Any]]:
    """What the last page shows besides: `template` and `values` of each part."""
    filled = [(part.template, part.values(visitor)) for part in _known.end_parts]
    return [{"template": template, "values": values} for template, values in filled if values is not None]


def cookies_of(turn: "Turn", cookies: Mapping[str, str]) -> Sequence[Cookie]:
    """What the browser of this chat keeps from now on."""
    return [found for find in _known.cookies if (found := find(turn, cookies)) is not None]


def keep_cookies(response: "HttpResponse", turn: "Turn", cookies: Mapping[str, str], *, secure: bool) -> None:
    """Put them into a page of `web`."""
    for one in cookies_of(turn, cookies):
        response.set_cookie(one.name, one.value, max_age=one.seconds, secure=secure, httponly=True, samesite="Lax")
