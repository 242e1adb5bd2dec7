"""Days in the reader's language, on the centre's own calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.dates import day, weekday_and_day
from havn.tenancy.models import Centre


def today_at(centre: Centre) -> dt.date:
    """The day that it is where the centre is."""
    return day_at(centre, now())


def day_at(centre: Centre, moment: dt.datetime) -> dt.date:
    """The day of a moment where the centre is."""
    return moment.astimezone(ZoneInfo(centre.time_zone)).date()


def days(first: dt.date, last: dt.date) -> str:
    """One day with its weekday, or "1 April 2022 to 31 March 2024"."""
    if first == last:
        return weekday_and_day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
