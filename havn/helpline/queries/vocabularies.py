"""The lists that records are coded with, in the reader's language, as they are valid on a date."""

import datetime as dt
from dataclasses import dataclass

from havn.vocabularies import api


@dataclass(frozen=True, slots=True)
class Term:
    """One choice: its code, its label in the reader's language and what it means."""

    code: str
    label: str
    definition: str
    former_label: str


def terms_of(dimension: str, language: str, day: dt.date) -> list[Term]:
    """The terms of a dimension that are valid on `day`, in their order."""
    return [
        Term(
            code=term.code,
            label=str(api.label_of(term, language)),
            definition=term.definition,
            # Whoever looks for the old word finds the term.
            former_label=" ".join(dict.fromkeys(one.label for one in term.former_labels)),
        )
        for term in api.terms_of(dimension, on=day)
    ]


def codes_of(dimension: str, day: dt.date) -> list[str]:
    """Only the codes of the terms that are valid on `day`."""
    # Asked while a record is being stored: no rows, only what is needed of them.
    return api.codes_of(dimension, on=day)
