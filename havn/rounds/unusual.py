"""What in answers is far from the periods before, told by the apps above that know them: a look before it is decided.

Shown to the centre before it sends in, and to whoever reads what was sent before they accept. It stops nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from havn.forms import api as forms
from havn.rounds.models import Assignment


@dataclass(frozen=True)
class Unusual:
    """A figure and the one that it is far from, in the reader's words. `against`: which period that is."""

    what: str
    now: str
    before: str
    against: str
    change: str


Look = Callable[[Assignment, forms.Definition, Mapping[str, Any]], list[Unusual]]
_looks: list[Look] = []


def register_look(look: Look) -> None:
    """Let `look(assignment, definition, answers)` tell what is far away. Called from AppConfig.ready()."""
    if look not in _looks:
        _looks.append(look)


def unusual_in(assignment: Assignment, definition: forms.Definition, answers: Mapping[str, Any]) -> list[Unusual]:
    """What every look finds in these answers, each in its own order."""
    return [one for look in _looks for one in look(assignment, definition, answers)]
