"""What is asked of the figures: which helpline, which period, which channel. What can't be read is as if not asked."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from havn.statistics.rules.periods import Kind, Period, period_of

_YEARS = (2000, 2100)
# A span longer than this is cut: a report of more years reads one after the other.
LONGEST = dt.timedelta(days=366 * 5)


@dataclass(frozen=True)
class Asked:
    """A period and what narrows it."""

    period: Period
    channel: str = ""

    def address(self, service_id: int, period: Period | None = None) -> str:
        """The same question as part of an address, of another period when one is given."""
        about = period or self.period
        values = {"service": service_id, "kind": about.kind, "day": about.first.isoformat()}
        if about.kind is Kind.SPAN:
            values["last"] = about.last.isoformat()
        if self.channel:
            values["channel"] = self.channel
        return urlencode(values)


def asked(values: Mapping[str, str], *, today: dt.date, kind: Kind = Kind.QUARTER) -> Asked:
    """What a query or a form asks; today's period of `kind` where it says nothing."""
    found = values.get("kind", "")
    chosen = Kind(found) if found in set(Kind) else kind
    day = _day(values.get("day", "")) or today
    last = _day(values.get("last", ""))
    if last is not None and abs(last - day) > LONGEST:
        last = day + LONGEST
    channel = values.get("channel", "")
    plain = channel.replace("-", "").isalnum() and len(channel) <= 20
    return Asked(period_of(chosen, day, last), channel if plain else "")


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if _YEARS[0] <= day.year <= _YEARS[1] else None
