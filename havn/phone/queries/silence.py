"""Helplines whose telephone system has stopped telling."""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.centres.queries import schedule_of
from havn.centres.rules.opening import spans_between
from havn.common.clock import from_ms
from havn.helpline.models import Turn
from havn.phone.models import Connection
from havn.phone.rules.silence import DAYS, has_fallen_silent, open_time
from havn.statistics import api as statistics
from havn.tenancy.models import Service

DAY = dt.timedelta(days=1)


def silent_lines(now: dt.datetime) -> list[Service]:
    """Those where calls came on every open day of a week, and none for long while the line was open."""
    heard = Connection.objects.filter(last_event_ms__isnull=False).select_related("service__organisation__centre")
    return [row.service for row in heard if _is_silent(row.service, from_ms(row.last_event_ms or 0), now)]


def _is_silent(service: Service, last: dt.datetime, now: dt.datetime) -> bool:
    zone = ZoneInfo(service.organisation.centre.time_zone)
    day = last.astimezone(zone).date()
    first, today = day - DAYS * DAY, now.astimezone(zone).date()
    schedule = schedule_of(service, Turn.Channel.PHONE, today)
    if schedule.always:
        open_days, spans = [first + number * DAY for number in range(DAYS)], [(last, now)]
    else:
        found = [(span.start, span.end) for span in spans_between(schedule, first, today)]
        began = {start.astimezone(zone).date() for start, _end in found}
        open_days, spans = sorted(one for one in began if one < day), found
    counts = statistics.series([service.pk], first, day - DAY, "contacts", grain="d")
    with_calls = {one for one, cells in counts.items() if any(within.startswith("phone/") for _d, within, _c in cells)}
    return has_fallen_silent(
        open_days=open_days,
        days_with_calls=with_calls,
        quiet_for=open_time(spans, last, now),
        always_open=schedule.always,
    )
