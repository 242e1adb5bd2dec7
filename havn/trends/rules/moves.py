"""How shares moved between two quarters: of the same helplines, and never over a break of the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from havn.trends.rules.network import LEAST_CENTRES, Part, tells_nobody
from havn.trends.rules.numbers import Points


@dataclass(frozen=True, slots=True)
class Moved:
    """One list of two quarters, of the helplines that answered it in both, in one way."""

    centres: int
    now: Part
    before: Part
    apart: tuple[int, int] = (0, 0)
    """How many answered it only now, and how many only before."""

    def shares(self, *, whole: bool = False) -> dict[str, tuple[float, float]]:
        """Per cent before and now by code. Nothing of fewer than three helplines, nor where only one or two answered in
        one of them, and no code whose number may not be shown in either; `whole`: all of them, for the network's own
        people."""
        if not whole and (self.centres < LEAST_CENTRES or not tells_nobody(self.apart)):
            return {}
        now, before = (part.everything() if whole else part.seen() for part in (self.now, self.before))
        found = {}
        for code in self.now.cells:
            old, new = before.share(code), now.share(code)
            if old is not None and new is not None:
                found[code] = round(old.value, 2), round(new.value, 2)
        return found


def points_of(shares: Mapping[str, tuple[float, float]]) -> dict[str, Points]:
    """By how many points each share moved."""
    return {code: Points(now - before) for code, (before, now) in shares.items()}
