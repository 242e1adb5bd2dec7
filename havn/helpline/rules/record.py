"""What a contact record must say before it can be closed, and the bands that are all a contact keeps of its times."""

from collections.abc import Mapping, Sequence
from typing import Any

HALF_HOUR_MS = 30 * 60_000
REASONS_MOST = 6
RISKS = ("none", "some", "high", "imminent")
AGE_BANDS = ("under-9", "9-11", "12-14", "15-18", "over-18")
# Outcomes of an attempt in which nothing was said that could be coded: nothing else is asked then.
WITHOUT_TALK = frozenset({"silent", "test", "prank", "wrong-place", "wrong-number", "abandoned", "abusive"})
# Outcomes that only a call by telephone can have.
OF_CALLS = frozenset({"wrong-number", "abandoned"})
# The only names that a record or a contact can hold: anything typed could name a child.
PLATFORMS = (
    "Discord", "Facebook", "Fortnite", "Instagram", "Messenger", "Minecraft", "Omegle", "Pinterest", "Reddit", "Roblox",
    "Signal", "Snapchat", "Steam", "Telegram", "Threads", "TikTok", "Twitch", "WhatsApp", "X", "YouTube",
)  # fmt: skip
OTHER = "other"
_BANDS: tuple[tuple[int, str], ...] = (
    (1, "0-1"),
    (5, "1-5"),
    (15, "5-15"),
    (30, "15-30"),
    (60, "30-60"),
)


def band(ms: int) -> str:
    """A duration as the band that is kept of it, in minutes: "0-1", "1-5", … "60+"."""
    minutes = max(ms, 0) / 60_000
    return next((name for limit, name in _BANDS if minutes < limit), "60+")


def platform_of(sent: str) -> str:
    """The platform as it is kept: one of `PLATFORMS`, `OTHER` for anything else that was sent, "" for nothing."""
    known = {name.casefold(): name for name in PLATFORMS}
    return known.get(sent.strip().casefold(), OTHER if sent.strip() else "")


def weight_of(result: str, outcome: str) -> int:
    """How much an attempt tells: 0 nobody answered, 1 answered and nothing said of it, 2 a talk with its record.

    Of the attempts of one conversation in one half-hour the one that tells most is counted, the others are not: who
    starts and ends again and again is one contact.
    """
    if result != "answered":
        return 0
    return 2 if outcome and outcome not in WITHOUT_TALK else 1


def half_hour_of(ms: int) -> int:
    """The moment cut down to its half-hour, in milliseconds."""
    return ms - ms % HALF_HOUR_MS


def missing(record: Mapping[str, Any]) -> list[str]:
    """The fields still to fill in, in the order of the form; empty when the record is complete."""
    if record.get("outcome") in WITHOUT_TALK:
        return []
    lacking = [name for name in ("reasons", "person", "gender") if not record.get(name)]
    if record.get("online") is None:
        lacking.append("online")
    elif record["online"] and not record.get("place"):
        lacking.append("place")
    return lacking + [name for name in ("outcome", "risk") if not record.get(name)]


def reasons_in_order(codes: Sequence[str], known: Sequence[str]) -> list[str]:
    """The codes that the vocabulary knows, each once, the main one first, at most six."""
    allowed = set(known)
    return [code for code in dict.fromkeys(codes) if code in allowed][:REASONS_MOST]
