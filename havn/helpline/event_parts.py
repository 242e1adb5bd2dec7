"""Events that parts above the helpline put into a talk: what each reader is told, and what the child can do there.

Filled in AppConfig.ready() of each part; the helpline itself knows none of them. As with the helpline's own events
(`words.py`) only the code and its values are stored, and each reader gets the sentence in their own language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from havn.live.visitors import Visitor

Values = Mapping[str, Any]


@dataclass(frozen=True)
class EventPart:
    """One code. Both sentences are made while answering, in the reader's language.

    `template` stands below the sentence on the child's page, filled by `values_of(visitor, values)`, which says None
    when there is nothing to show; it reads them as `part`, beside everything that the page has. A page with script
    draws it anew whenever an event of such a code arrives.
    """

    code: str
    for_child: Callable[[Values], str]
    for_staff: Callable[[Values], str]
    template: str = ""
    values_of: "Callable[[Visitor, Values], dict[str, Any] | None] | None" = None


_parts: dict[str, EventPart] = {}


def register_event(part: EventPart) -> None:
    """Add an event. ValueError when another one has its code."""
    if _parts.setdefault(part.code, part) is not part:
        raise ValueError(f"There is an event of the code {part.code} already.")


def words_of_part(code: str, values: Values, *, for_child: bool) -> str:
    """The sentence of a part's event in the active language; "" for a code that no part has."""
    part = _parts.get(code)
    if part is None:
        return ""
    return part.for_child(values) if for_child else part.for_staff(values)


def below_event(code: str, values: Values, visitor: "Visitor") -> dict[str, Any] | None:
    """What stands below the sentence on the child's page: `template` and `values`; None for nothing."""
    part = _parts.get(code)
    if part is None or part.values_of is None:
        return None
    filled = part.values_of(visitor, values)
    return None if filled is None else {"template": part.template, "values": filled}


def drawn_codes() -> str:
    """The codes on whose arrival a page with script draws these events anew, for an attribute."""
    return " ".join(sorted(code for code, part in _parts.items() if part.template))
