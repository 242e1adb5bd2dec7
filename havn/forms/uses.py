"""What uses a version of a form: the apps above tell in ready(), and the list of forms says it."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

Uses: TypeAlias = Callable[[Collection[int], int], Mapping[int, str]]
"""Ids of versions and the id of the centre that asks, to words by version ("3 rounds"). Unused ones may be left out."""

_asked: dict[str, Uses] = {}


def register_uses(name: str, uses: Uses) -> None:
    """Let an app say what it uses versions for. Again under the same name: takes the place of what was there."""
    _asked[name] = uses


def uses_of(version_ids: Collection[int], centre_id: int) -> dict[int, list[str]]:
    """What every version is used for, in words."""
    found: dict[int, list[str]] = {}
    for uses in _asked.values():
        for version_id, words in uses(version_ids, centre_id).items():
            found.setdefault(version_id, []).append(words)
    return found
