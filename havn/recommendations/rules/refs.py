"""References: the ids of recommendations in a note, and the paragraphs of the report that it names.

An id scheme is a pattern with places: "{roman}-{number}" reads III-16, "R{number}" reads R7.
"""

import re
from functools import lru_cache

ROMAN = r"[IVXLC]{1,7}"
SCHEME = "{roman}-{number}"
PLACES = {"roman": ROMAN, "number": r"[1-9]\d{0,3}", "letter": "[a-z]"}
_PLACE = re.compile(r"\{(\w+)\}")
_PARAGRAPHS = re.compile(r"\bParas?\.?\s*(\d{1,4}(?:\s*(?:,|and|-|–)\s*\d{1,4})*)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def is_scheme(scheme: str) -> bool:
    """Whether ids can be read by it: it has a number, and no place that is not known."""
    names = _PLACE.findall(scheme)
    rest = _PLACE.sub("", scheme)
    return (
        "number" in names and len(set(names)) == len(names) and set(names) <= set(PLACES) and not set(rest) & set("{}")
    )


def ids_in(text: str, scheme: str = SCHEME) -> list[str]:
    """The ids of recommendations in a text, in order and each once."""
    return list(dict.fromkeys(match[0] for match in _pattern(scheme).finditer(text)))


def is_id(ref: str, scheme: str = SCHEME) -> bool:
    """Whether it is an id by this scheme."""
    return _pattern(scheme).fullmatch(ref) is not None


def chapter_of(ref: str, scheme: str = SCHEME) -> str:
    """The number of the chapter that an id names, such as "III"; "" when ids of the scheme name none."""
    match = _pattern(scheme).fullmatch(ref)
    return match["roman"] if match and "roman" in match.groupdict() else ""


def order_of(ref: str, scheme: str = SCHEME) -> int:
    """Sorts III-9 before III-16, and chapters by their number. What is no id comes first."""
    match = _pattern(scheme).fullmatch(ref)
    return roman(chapter_of(ref, scheme)) * 10_000 + int(match["number"]) if match else 0


def paragraphs_in(text: str) -> list[int]:
    """The paragraphs that are named, such as 145 and 146 in "Para. 145, 146."."""
    return [int(number) for named in _PARAGRAPHS.findall(text) for number in re.findall(r"\d+", named)]


def roman(number: str) -> int:
    """The value of a Roman number; 0 when it is none."""
    total = largest = 0
    for letter in reversed(number):
        value = _VALUES.get(letter, 0)
        if not value:
            return 0
        total += value if value >= largest else -value
        largest = max(largest, value)
    return total


@lru_cache(maxsize=64)
def _pattern(scheme: str) -> re.Pattern[str]:
    # Alternately what stands there and the names of places.
    parts = _PLACE.split(scheme)
    whole = "".join(f"(?P<{part}>{PLACES[part]})" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile(rf"(?<![\w-]){whole}(?![\w-])")
