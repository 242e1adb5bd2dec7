"""What an entry says, as one plain value, and how it differs from what was last confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Said = Mapping[str, str]
"""What stood there: a key such as "free" or "point:12:number" to its words. Unknown facts are ""."""


@dataclass(frozen=True)
class Difference:
    """One fact that is another than at the last confirmation. Empty `before`: it is new; empty `now`: it is gone."""

    key: str
    before: str
    now: str


def differences(before: Said, now: Said) -> Sequence[Difference]:
    """Every fact that changed, came or went, in the order of what stands now."""
    keys = [*now, *(key for key in before if key not in now)]
    return [
        Difference(key, before.get(key, ""), now.get(key, ""))
        for key in keys
        if before.get(key, "") != now.get(key, "")
    ]
