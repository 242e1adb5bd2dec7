"""What people type, made safe to keep and show without changing what they meant. Pure functions."""

import re
import unicodedata

LONGEST = 5_000

# C0 and C1 controls but tab and newline; zero-width space, word joiner, byte order mark and the like; direction
# overrides and isolates; unassigned-by-design characters. The joiners U+200C and U+200D stay: Persian, Hindi and
# emoji need them, and so do the direction marks U+200E and U+200F.
_TAKEN_OUT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
# Joiners and marks show nothing by themselves; neither do blanks that are letters to a computer.
_INVISIBLE = frozenset("\u200c\u200d\u200e\u200f\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")


class Unreadable(ValueError):
    """Not text: a lone surrogate, as JSON can carry and UTF-8 cannot."""


def clean(text: str) -> str:
    """The text with its line ends as newlines and without invisible or controlling characters.

    Raises Unreadable for lone surrogates.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _TAKEN_OUT.sub("", _LINE_ENDS.sub("\n", text))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unreadable from None
    return text


def is_empty(text: str) -> bool:
    """Whether nothing of it can be seen."""
    if text[:1].isalnum() and text[0] not in _INVISIBLE:
        return False
    return not any(
        not character.isspace() and character not in _INVISIBLE and unicodedata.category(character) != "Cf"
        for character in text
    )
