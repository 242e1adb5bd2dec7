"""The lists that records are coded with, in the reader's language, as they are valid on a date at a centre."""

import datetime as dt
from dataclasses import dataclass

from havn.vocabularies import api


@dataclass(frozen=True, slots=True)
class Term:
    """One choice: its code, its label in the reader's language, what it means, and the group it stands under ("")."""

    code: str
    label: str
    definition: str
    former_label: str
    group: str = ""


def lists_of(
    dimensions: tuple[str, ...], language: str, day: dt.date, centre_id: int | None = None
) -> dict[str, list[Term]]:
    """The terms of each dimension that a record may be coded with on `day`, in their order. Groups are no choices."""
    found = api.lists_on(dimensions, on=day, centre_id=centre_id)
    return {dimension: _choices(terms, language) for dimension, terms in found.items()}


def terms_of(dimension: str, language: str, day: dt.date, centre_id: int | None = None) -> list[Term]:
    """The same of one dimension."""
    return lists_of((dimension,), language, day, centre_id)[dimension]


def _choices(terms: list[api.Term], language: str) -> list[Term]:
    groups = api.groups_of({term.code: term.broader for term in terms})
    labels = {term.code: str(api.label_of(term, language)) for term in terms}
    return [
        Term(
            code=term.code,
            label=labels[term.code],
            definition=term.definition,
            # Whoever looks for the old word finds the term.
            former_label=" ".join(dict.fromkeys(one.label for one in term.former_labels)),
            group=labels.get(term.broader, ""),
        )
        for term in terms
        if term.code not in groups
    ]


def codes_of(dimension: str, day: dt.date, centre_id: int | None = None) -> list[str]:
    """Only the codes that a record may be coded with on `day`."""
    # Asked while a record is being stored: no rows, only what is needed of them.
    return api.codes_to_code_with(dimension, on=day, centre_id=centre_id)
