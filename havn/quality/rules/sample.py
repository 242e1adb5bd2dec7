"""Drawing talks for review: by chance, and so that anybody with the seed draws the same."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Mapping

ALL, PERSON = "all", "person"
MOST = 20
DAY_MS = 86_400_000
WINDOW_MS = 7 * DAY_MS


def rank(seed: bytes, talk: int) -> bytes:
    """Where a talk stands in the order of chance: it depends on nothing but the seed and the talk's own number."""
    return hmac.new(seed, str(talk).encode(), hashlib.sha256).digest()


def draw(talks: Mapping[int, int], *, seed: bytes, count: int, each: str) -> list[int]:
    """Of talks (number: counsellor) the first `count` in the order of chance: of all, or of each counsellor."""
    order = sorted(talks, key=lambda talk: rank(seed, talk))
    if each != PERSON:
        return order[:count]
    drawn: dict[int, list[int]] = defaultdict(list)
    for talk in order:
        if len(drawn[talks[talk]]) < count:
            drawn[talks[talk]].append(talk)
    return [talk for talk in order if talk in drawn[talks[talk]]]
