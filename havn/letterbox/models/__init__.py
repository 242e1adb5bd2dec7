"""The letterbox's tables, one file per noun."""

from havn.letterbox.models.draft import Draft, LettersAnswered
from havn.letterbox.models.edition import Consent, Edition
from havn.letterbox.models.letter import LetterboxSettings, LetterClock
from havn.letterbox.models.published import PublishedAnswer, PublishedTopic, PublishedWord

__all__ = [
    "Consent",
    "Draft",
    "Edition",
    "LetterClock",
    "LetterboxSettings",
    "LettersAnswered",
    "PublishedAnswer",
    "PublishedTopic",
    "PublishedWord",
]
