"""When something that somebody checked on a day is too old to be relied on."""

import datetime as dt


def last_day_of(checked: dt.date) -> dt.date:
    """Until when a check may be relied on: a year. One of 29 February holds until 28 February of the next year."""
    try:
        return checked.replace(year=checked.year + 1)
    except ValueError:
        return checked.replace(year=checked.year + 1, day=28)


def older_than_a_year(checked: dt.date, today: dt.date) -> bool:
    """Whether more than a year has passed."""
    return today > last_day_of(checked)
