"""What a single line of a factsheet in Markdown looks like. Nothing is decided here that needs its neighbours."""

import re

from havn.recommendations.rules.refs import ROMAN

RULE = re.compile(r"^(?:-{2,}|\*{3,}|_{3,})$")
HEADING = re.compile(r"^(#{1,6})\s+(\S(?:.*[^\s#])?)[\s#]*$")
BULLET = re.compile(r"^(\s*)[-*•]\s+(.+)$")
NOTE = re.compile(r"^<sup>(\d{1,4})</sup>\s*(.+)$")
CHAPTER = re.compile(rf"^({ROMAN})\.\s+(\S.*)$")
CONTENTS = re.compile(rf"^{ROMAN}\.\s+\S.*?\s*\.{{3,}}\s*\d+$")
CONTENTS_HEAD = re.compile(r"^tables? of contents?$", re.IGNORECASE)
BOLD = re.compile(r"^\*\*(.+)\*\*$")
FOLLOW_UP_LABEL = re.compile(r"^follow-up actions?:?$", re.IGNORECASE)
PRACTICE_LABEL = re.compile(r"^promising practices?:$", re.IGNORECASE)
NOTED_LABEL = re.compile(r"^promising practices?$", re.IGNORECASE)
SECTION_HEAD = re.compile(
    r"^(?:Observations(?: and recommendations)?|Generic recommendations) of the Committee\b", re.IGNORECASE
)
FOREIGN = re.compile(r"^(?:\||!\[|```|~~~|<(?!sup>|https?://))")
"""Tables, pictures, code and other HTML: not part of a factsheet."""
ONLY_ADDRESS = re.compile(r"^<https?://[^<>\s]+>$")

_TAIL = 200
_END = re.compile(r"[.:;?!…][\"”’')\]]*(?:<sup>\d+</sup>)*[\"”’')]*$")
_GOES_ON = re.compile(r"^[\"“(*]?[a-zæøåäöü0-9]")


def is_open(text: str) -> bool:
    """Whether a paragraph stops in the middle, as at the foot of a page."""
    return not _END.search(text.rstrip()[-_TAIL:])


def goes_on(text: str) -> bool:
    """Whether a paragraph begins in the middle, as at the head of a page."""
    return bool(_GOES_ON.match(text))


def without_bold(text: str) -> str:
    """A line that is bold as a whole, without that."""
    match = BOLD.match(text)
    return match[1] if match else text
