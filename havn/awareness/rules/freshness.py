"""When something that somebody checked on a day is too old to be relied on."""

import datetime as dt


def older_than_a_year(checked: dt.date, today: dt.date) -> bool:
    """Whether more than a year has passed. A check of 29 February holds until 28 February of the next year."""
    try:
        until = checked.replace(year=checked.year + 1)
    except ValueError:
        until = checked.replace(year=checked.year + 1, day=28)
    return today > until
