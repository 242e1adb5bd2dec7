"""What depends on the reader's language.

`{% reader_language as language %}` is the code of the page's language, for `lang` and addresses; `{{ day|in_words }}` a
date as the language writes it; `{{ code|own_name }}` a language by its own name; `{{ code|country_name }}` a country;
`{{ day|weekday_and_day }}` a day with its weekday.
"""

import datetime as dt

from django import template
from django.conf import settings

from havn.common.countries import country_name
from havn.common.dates import day, weekday_and_day
from havn.common.language import reader_language

register = template.Library()
register.simple_tag(reader_language)
register.filter(country_name)
register.filter(weekday_and_day)


@register.filter
def in_words(date: dt.date) -> str:
    """ "9 February 2027"."""
    return day(date)


@register.filter
def own_name(code: str) -> str:
    """ "Malti" of "mt"; the code itself for a language that Havn does not speak."""
    return str(dict(settings.LANGUAGES).get(code, code))
