"""The words of a round: the verbs of its lead sentences ("the Committee requests all Parties …"), and its ids."""

import re
from dataclasses import dataclass

from havn.recommendations.rules.refs import SCHEME

ALL, PARTY = "all", "party"
_REACH = 80


@dataclass(frozen=True)
class RoundWords:
    """By which verbs a round speaks, the strongest first, and what its ids look like (`rules.refs`)."""

    verbs: tuple[str, ...] = ("requires", "requests", "invites", "urges")
    scheme: str = SCHEME


USUAL = RoundWords()
"""Those of the rounds that were read so far."""


def verb_in(text: str, words: RoundWords = USUAL) -> tuple[str, str] | None:
    """The verb by which the Committee addresses somebody, and whether all Parties or this one; None without."""
    alternatives = "|".join(re.escape(verb) for verb in words.verbs)
    match = re.search(rf"\bCommittee\s+(?:also\s+|further\s+)?({alternatives})\b", text)
    if not match:
        return None
    return match[1], reach_of(text[match.end() : match.end() + _REACH])


def reach_of(text: str) -> str:
    """Whom it addresses: all Parties, or this one."""
    return ALL if re.search(r"\bParties\b", text) else PARTY
