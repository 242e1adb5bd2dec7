"""As of which month a factsheet says that the words in its boxes are."""

import datetime as dt
import re

from havn.recommendations.rules.factsheet.document import BOXES, Document, every_block
from havn.recommendations.rules.factsheet.inline import plain

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SAID = re.compile(r"\bsubmitted\b[^.]*?\b(?:in|on \d{1,2}) (" + "|".join(_MONTHS) + r") ((?:19|20)\d\d)\b")


def submitted_in(document: Document) -> dt.date | None:
    """The first day of the month in which the Party submitted what stands in the boxes; None where nothing says it.

    The front of a published factsheet has it: "updated with information submitted by the Government … in March 2025".
    """
    for block in document.front:
        found = _SAID.search(plain(block.text))
        if found:
            return dt.date(int(found[2]), _MONTHS.index(found[1]) + 1, 1)
    return None


def has_words_in_boxes(document: Document) -> bool:
    """Whether anything needs a date at all."""
    return any(block.kind in BOXES and block.children for block in every_block(document))
