"""Telephone numbers: valid for the country, short numbers such as 116 111 and 3018, and what a telephone dials."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers

HARMONISED = frozenset({"116000", "116006", "116111", "116117", "116123"})
"""Short numbers that the Union set aside for services of social value; where a country gave one out, it is this."""

_LONGEST_SHORT = 6


@dataclass(frozen=True)
class Number:
    """A number as a telephone needs it. `problem`: "" or "unreadable", "not-of-country", "unknown-short"."""

    dial: str
    kind: Literal["full", "short"]
    problem: str = ""


def read_number(text: str, country: str) -> Number:
    """Understand what is printed. A short number is dialled as it stands, any other with its country code."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return Number("", "full", "unreadable")
    short = not text.strip().startswith("+") and len(digits) <= _LONGEST_SHORT
    try:
        parsed = phonenumbers.parse(digits if short else text, country)
    except phonenumbers.NumberParseException:
        return Number(digits, "short" if short else "full", "unreadable")
    if short:
        known = digits in HARMONISED or phonenumbers.is_valid_short_number_for_region(parsed, country)
        return Number(digits, "short", "" if known else "unknown-short")
    dial = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(parsed):
        return Number(dial, "full", "not-of-country")
    region = phonenumbers.region_code_for_number(parsed)
    return Number(dial, "full", "" if region == country else "not-of-country")


def same_number(one: str, other: str, country: str) -> bool:
    """Whether two ways of printing lead to the same telephone."""
    return read_number(one, country).dial == read_number(other, country).dial
