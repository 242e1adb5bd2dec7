"""Days, telephone numbers, addresses and choices of blocks, as readers see them."""

import datetime as dt
from urllib.parse import urlsplit

from django import template
from wagtail.blocks import StructValue

from havn.awareness.reading import dates
from havn.common.dates import day
from havn.directory.rules.numbers import read_number

register = template.Library()


@register.filter
def day_in_words(date: dt.date) -> str:
    """ "9 February 2027", in the reader's language."""
    return day(date)


@register.simple_tag
def days_in_words(first: dt.date, last: dt.date) -> str:
    """One day with its weekday, or "1 April 2022 to 31 March 2024"."""
    return dates.days(first, last)


@register.filter
def dialled(number: str, country: str) -> str:
    """What a telephone dials, as the address of a link: "tel:+4722000000". "" for what is no number of the country."""
    found = read_number(number, country) if number else None
    return f"tel:{found.dial}" if found is not None and not found.problem else ""


@register.filter
def host_of(address: str) -> str:
    """Whose pages an address leads to: "lovdata.no"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def chosen(value: StructValue, name: str) -> str:
    """What was chosen in a block, in words."""
    return str(dict(value.block.child_blocks[name].field.choices).get(value[name], ""))
