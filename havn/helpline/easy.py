"""Easy to read: the start, the waiting room and the letter in few and easy words, each step with its pictogram.

The sentences stand in `templates/helpline/public_easy_*.html` and `safety_easy.py`. They keep to "Information for all:
European standards for making information easy to read and understand" (Inclusion Europe, ISBN 2-87460-110-1): words
that people know, the same word for the same thing, no metaphor, one idea in a sentence of about eight words, a new line
for each sentence, numbers as digits, spoken to the reader as "you", large letters, and a picture beside the words.

The wish goes along in the address of a page and in the form, and from then on with the turn (`Turn.easy_read`), so that
it needs no cookie and no script, and so that whoever answers can write easy words too.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

FIELD = "easy"


def wishes_easy(fields: Mapping[str, str]) -> bool:
    """Whether an address or a form asks for easy words."""
    return fields.get(FIELD, "") == "1"


def in_easy_words(address: str, easy: bool) -> str:
    """The address of a page of ours with the wish in it; "" stays ""."""
    if not easy or not address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{FIELD}=1"


def easy_context(address: str, easy: bool) -> dict[str, str | bool]:
    """For a page without a visit: `easy`, the address of its other version, and what its language links carry along."""
    query = urlsplit(in_easy_words(address, easy)).query
    return {
        "easy": easy,
        "easy_url": in_easy_words(address, not easy),
        "query_in_language": f"?{query}" if query else "",
    }
