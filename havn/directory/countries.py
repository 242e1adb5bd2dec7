"""Countries of the directory: clock, emergency number, and names of countries and languages in the reader's language.

Where a country has several clocks, that of its capital. Names come from Babel's copy of the Unicode CLDR.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

ZONES = {
    "AL": "Europe/Tirane",
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "HR": "Europe/Zagreb",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "DE": "Europe/Berlin",
    "GR": "Europe/Athens",
    "HU": "Europe/Budapest",
    "IS": "Atlantic/Reykjavik",
    "IE": "Europe/Dublin",
    "IT": "Europe/Rome",
    "LV": "Europe/Riga",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SK": "Europe/Bratislava",
    "SI": "Europe/Ljubljana",
    "ES": "Europe/Madrid",
    "SE": "Europe/Stockholm",
    "UA": "Europe/Kyiv",
    "GB": "Europe/London",
}

# 112 reaches the emergency services in the whole Union and in Albania, Iceland and Norway; it works in the United
# Kingdom beside 999. In Ukraine 102 is the police everywhere.
EMERGENCY_NUMBERS = {"GB": "999", "UA": "102"}
EMERGENCY_NUMBER = "112"

# CLDR counts languages that hardly anybody is helped in as official, or leaves out the spoken one.
_SPOKEN = {
    "NO": ("nb", "nn"),
    "SE": ("sv",),
    "FI": ("fi", "sv"),
    "IE": ("en",),
    "MT": ("mt", "en"),
    "CY": ("el",),
    "IS": ("is",),
    "LU": ("lb", "de", "fr"),
    "GB": ("en",),
}


@lru_cache(maxsize=8192)
def spoken_in(country: str) -> tuple[str, ...]:
    """The languages a line of this country most likely answers in. An assumption, and shown as one."""
    return _SPOKEN.get(country) or tuple(code.split("_")[0] for code in get_official_languages(country))


@lru_cache(maxsize=8192)
def country_name(country: str, language: str) -> str:
    """The country's name in a language; its code when nobody knows it."""
    return str(_locale(language).territories.get(country, country))


@lru_cache(maxsize=8192)
def language_name(code: str, language: str) -> str:
    """A language's name in a language, as it stands in a sentence; its code when nobody knows it."""
    return str(_locale(language).languages.get(code, code))


@lru_cache(maxsize=8192)
def own_name(code: str) -> str:
    """A language's name in itself: what somebody looks for who reads no other."""
    try:
        name = Locale.parse(code).get_display_name(code)
    except (UnknownLocaleError, ValueError):
        return code
    return (name or code)[:1].upper() + (name or code)[1:]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
