"""What one contact adds to the figures: cells of a dimension, in what is the same about it, under a code.

within      channel/what became of it/about what, such as "chat/answered/online"
codes       those of the vocabularies; of a reason with its version, "insafe-reasons-2023:grooming"
            crossings join two with "|": "insafe-reasons-2023:grooming|12-14"
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from havn.helpline.rules.record import WITHOUT_TALK

ANSWERED, WITHOUT = "answered", "without-talk"
ONLINE, OFFLINE, UNKNOWN = "online", "offline", "unknown"
Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason: the version of the list that held on its day, the code, and whether it is the main one."""

    vocabulary: str
    code: str
    main: bool

    @property
    def key(self) -> str:
        return f"{self.vocabulary}:{self.code}"


@dataclass(frozen=True, slots=True)
class Facts:
    """A contact as plain values; `half_hour` in any zone. An empty code was not asked or not known."""

    half_hour: dt.datetime
    channel: str
    result: str
    language: str
    waiting_band: str = ""
    length_band: str = ""
    person: str = ""
    age_band: str = ""
    gender: str = ""
    place: str = ""
    platform: str = ""
    online: bool | None = None
    outcome: str = ""
    risk: str = ""
    feedback: int | None = None
    reasons: Sequence[Reason] = ()


def day_of(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The day of the centre's own clocks on which a contact counts."""
    return moment.astimezone(zone).date()


def scope_of(online: bool | None) -> str:
    """Whether it was about something online: the quarter of the network counts those."""
    return UNKNOWN if online is None else ONLINE if online else OFFLINE


def became(result: str, outcome: str) -> str:
    """What became of an attempt. An answered one without a talk (silent, test, …) is answered, and coded no further."""
    return WITHOUT if result == ANSWERED and outcome in WITHOUT_TALK else result


def cells_of(facts: Facts, zone: ZoneInfo) -> Counter[Cell]:
    """Every cell that the contact stands in. A contact stands once in each dimension but for "reason-any"."""
    end = became(facts.result, facts.outcome)
    within = f"{facts.channel}/{end}/{scope_of(facts.online)}"
    local = facts.half_hour.astimezone(zone)
    codes = [
        ("contacts", "all"),
        ("language", facts.language or UNKNOWN),
        ("half-hour", f"{local.weekday()}-{local:%H:%M}"),
        ("waiting", facts.waiting_band),
        ("length", facts.length_band),
        ("feedback", "" if facts.feedback is None else str(facts.feedback)),
    ]
    if end == WITHOUT:
        codes.append(("outcome", facts.outcome))
    if end == ANSWERED:
        codes += _coded(facts)
    return Counter({(dimension, within, code): 1 for dimension, code in codes if code})


def feedback_cell(value: int) -> Cell:
    """An answer that came after its talk was counted: it joins no contact, so nothing else is known of it."""
    return ("feedback", "later", str(value))


def _coded(facts: Facts) -> list[tuple[str, str]]:
    codes = [
        (dimension, value or UNKNOWN)
        for dimension, value in (
            ("person", facts.person),
            ("age", facts.age_band),
            ("gender", facts.gender),
            ("outcome", facts.outcome),
            ("risk", facts.risk),
        )
    ]
    if facts.online:
        codes += [("place", facts.place or UNKNOWN), ("platform", facts.platform or UNKNOWN)]
    codes += [("reason-any", key) for key in dict.fromkeys(reason.key for reason in facts.reasons)]
    main = next((reason.key for reason in facts.reasons if reason.main), UNKNOWN)
    codes.append(("reason", main))
    codes.append(("reason-age", f"{main}|{facts.age_band or UNKNOWN}"))
    codes.append(("reason-gender", f"{main}|{facts.gender or UNKNOWN}"))
    return codes
