"""Days in the reader's words, from Unicode's CLDR: month and weekday as the language bends them in a date."""

import datetime as dt

from babel.dates import format_date, format_skeleton

from havn.common.language import reader_language

# Dates in English as Europe writes them.
_EUROPEAN = {"en": "en_GB"}


def day(date: dt.date) -> str:
    """ "9 February 2027"."""
    return format_date(date, "long", locale=_locale())


def weekday_and_day(date: dt.date) -> str:
    """ "Tuesday 9 February 2027"."""
    return format_date(date, "EEEE d MMMM y" if _locale() == "en_GB" else "full", locale=_locale())


def day_and_month(date: dt.date) -> str:
    """ "9 February"."""
    return format_skeleton("MMMMd", date, locale=_locale())


def weekday(date: dt.date) -> str:
    """ "Tuesday", as it stands in a sentence."""
    return format_date(date, "EEEE", locale=_locale())


def _locale() -> str:
    language = reader_language().split("-")[0]
    return _EUROPEAN.get(language, language)
