"""A time zone as calendars read it (RFC 5545, 3.6.5), for as long as the events in a file last.

One observance for each change of the clocks, told by when and from what to what: programs that know no rule of ours,
and no list of dates, read it right. Which changes there are comes from the system's own zone data.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar

_STEP = dt.timedelta(days=1)
_ZERO = dt.timedelta(0)
# A program may know a zone by the first file in which it met its name.
_AROUND = dt.timedelta(days=366)


def component_of(zone: str, first: dt.datetime, last: dt.datetime) -> icalendar.Timezone:
    """The zone from a year before `first` until a year after `last`, both aware."""
    place, found = ZoneInfo(zone), icalendar.Timezone()
    found.add("tzid", zone)
    begins = _last_change_before(place, first.astimezone(dt.UTC) - _AROUND)
    for moment in (begins, *_changes(place, begins, last.astimezone(dt.UTC) + _AROUND)):
        found.add_component(_observance(place, moment))
    return found


def _observance(place: ZoneInfo, moment: dt.datetime) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    before, after = (moment - dt.timedelta(seconds=1)).astimezone(place), moment.astimezone(place)
    found = icalendar.TimezoneDaylight() if after.dst() else icalendar.TimezoneStandard()
    offset = before.utcoffset() or _ZERO
    # The onset is told on the clocks as they were.
    found.add("dtstart", moment.replace(tzinfo=None) + offset)
    found.add("tzoffsetfrom", offset)
    found.add("tzoffsetto", after.utcoffset() or _ZERO)
    found.add("tzname", after.tzname() or place.key)
    return found


def _last_change_before(place: ZoneInfo, moment: dt.datetime) -> dt.datetime:
    """When the clocks were last changed; a year before where they never are."""
    changes = list(_changes(place, moment - _AROUND, moment))
    return changes[-1] if changes else moment - _AROUND


def _changes(place: ZoneInfo, first: dt.datetime, last: dt.datetime) -> list[dt.datetime]:
    """The moments in (first, last] from which another offset holds."""
    found, day = [], first
    while day < last:
        following = min(day + _STEP, last)
        if _offset(place, day) != _offset(place, following):
            found.append(_exactly(place, day, following))
        day = following
    return found


def _exactly(place: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The whole second of the change between two moments, by halving."""
    low, high = int(before.timestamp()), int(after.timestamp())
    was = _offset(place, before)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(place, dt.datetime.fromtimestamp(middle, dt.UTC)) == was:
            low = middle
        else:
            high = middle
    return dt.datetime.fromtimestamp(high, dt.UTC)


def _offset(place: ZoneInfo, moment: dt.datetime) -> dt.timedelta | None:
    return moment.astimezone(place).utcoffset()
