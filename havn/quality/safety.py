"""What a visitor reads of talks that are drawn for review, on the page on privacy; each needs a person's approval."""

from django.utils.translation import gettext_noop

from havn.centres.registry import register_reader, register_safety_text
from havn.quality.queries.settings import draws_talks

TEXTS = {
    "read-after": gettext_noop("Sometimes a supervisor reads a talk after it has ended, to help us answer better."),
    "read-after-exactly": gettext_noop(
        "Some talks are drawn by chance after they have ended. A supervisor reads them, so that the answers become "
        "better."
    ),
}


def register() -> None:
    """Say it where talks are drawn."""
    for key, english in TEXTS.items():
        register_safety_text(key, english)
    register_reader("children", "quality/public_read_after.html", draws_talks)
    register_reader("adults", "quality/public_read_after_adults.html", draws_talks)
