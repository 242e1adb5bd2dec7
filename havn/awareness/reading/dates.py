"""Days in the reader's language, on the centre's own calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.language import reader_language
from havn.tenancy.models import Centre

# Dates in English as Europe writes them.
_PATTERNS = {"en": {"long": "d MMMM y", "full": "EEEE d MMMM y"}}


def today_at(centre: Centre) -> dt.date:
    """The day that it is where the centre is."""
    return day_at(centre, now())


def day_at(centre: Centre, moment: dt.datetime) -> dt.date:
    """The day of a moment where the centre is."""
    return moment.astimezone(ZoneInfo(centre.time_zone)).date()


def day(date: dt.date) -> str:
    """ "9 February 2027"."""
    return _written(date, "long")


def weekday_and_day(date: dt.date) -> str:
    """ "Tuesday 9 February 2027"."""
    return _written(date, "full")


def weekday(date: dt.date) -> str:
    """ "Tuesday", as it stands in a sentence."""
    return _written(date, "EEEE")


def days(first: dt.date, last: dt.date) -> str:
    """One day with its weekday, or "1 April 2022 to 31 March 2024"."""
    if first == last:
        return weekday_and_day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _written(date: dt.date, style: str) -> str:
    language = reader_language().split("-")[0]
    return format_date(date, _PATTERNS.get(language, {}).get(style, style), locale=language)
