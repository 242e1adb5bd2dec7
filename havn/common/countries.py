"""Countries by their names, from the CLDR."""

from babel import Locale

from havn.common.language import reader_language


def country_name(code: str) -> str:
    """A country (ISO 3166-1) in the reader's language; its code when nobody knows it."""
    return str(Locale.parse(reader_language().partition("-")[0]).territories.get(code, code))
