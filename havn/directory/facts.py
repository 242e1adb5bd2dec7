"""Facts that stand in the notes of `data/centres.json` as words, typed by hand: topics, and what a note is about."""

from havn.directory.rules import topics

TOPICS: dict[tuple[str, str], tuple[str, ...]] = {
    ("GB", "Report Harmful Content"): (topics.HARMFUL,),
    ("SI", "Spletno oko"): (topics.HATE,),
}
"""By country and the service's name in the file."""

ABOUT = {
    "coordinator": "operator",
    "number": "number",
    "hours": "hours",
    "prints": "number",
    "consortium": "operator",
}
"""A word in a conflict's sentence, and what the doubt is about. The first that is found counts."""


def about_of(sentence: str) -> str:
    """What a conflict of the file is about."""
    return next((about for word, about in ABOUT.items() if word in sentence), "other")
