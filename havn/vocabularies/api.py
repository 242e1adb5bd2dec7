"""The door of vocabularies for the apps above.

from havn.vocabularies.api import label_of, line_of, terms_of
for term in terms_of("topic", on=today):
    print(label_of(term, "nb"))
line_of("topic", "sextortion")  # ("sextortion", "oscec"): count under both
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from havn.vocabularies import files
from havn.vocabularies.actions import load
from havn.vocabularies.facts import FormerLabel, Label, Term, VocabularyFacts
from havn.vocabularies.files import former_labels
from havn.vocabularies.queries import (
    as_term,
    successors_of,
    term_named,
    terms_by_code,
    terms_in_version,
    terms_valid,
    version_valid,
    versions_in,
)
from havn.vocabularies.rules import follow, label_in, line

__all__ = [
    "FormerLabel",
    "Label",
    "Term",
    "Version",
    "VocabularyFacts",
    "codes_of",
    "current_of",
    "follow_all",
    "former_labels",
    "label_of",
    "line_of",
    "load",
    "load_folder",
    "load_public",
    "successors",
    "term_of",
    "terms_in",
    "terms_named",
    "terms_of",
    "version_on",
    "versions_of",
]


@dataclass(frozen=True)
class Version:
    """A version of a list: its code, its first day and its last (None: until further notice)."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None


def versions_of(dimension: str) -> list[Version]:
    """The shared versions of a list, the oldest first."""
    return [Version(row.code, row.valid_from, row.valid_to) for row in versions_in(dimension)]


def terms_in(version: str) -> list[Term]:
    """The terms of one version with the labels that they had in it, in their order."""
    return [as_term(row) for row in terms_in_version(version)]


def successors(dimension: str) -> dict[str, str]:
    """Code to the code that took over in the end, of every term of a list."""
    return follow_all(successors_of(dimension))


def follow_all(links: Mapping[str, str]) -> dict[str, str]:
    """The same of links from term to successor ("" for none) that the caller has read already."""
    return {code: follow(code, links) for code in links}


def terms_of(dimension: str, *, on: dt.date, centre_id: int | None = None) -> list[Term]:
    """The terms of a list that are valid on a day, in their order; the centre's own after the shared ones."""
    return [as_term(row) for row in terms_valid(dimension, on, centre_id)]


def codes_of(dimension: str, *, on: dt.date, centre_id: int | None = None) -> list[str]:
    """Only the codes of the terms that are valid on a day: cheap, for checking what is being stored."""
    return list(terms_valid(dimension, on, centre_id).values_list("code", flat=True))


def term_of(dimension: str, code: str) -> Term | None:
    """A term by its code, also one that is valid no longer: what was coded with it must stay readable."""
    return term_named(dimension, code)


def terms_named(dimension: str, codes: Iterable[str]) -> dict[str, Term]:
    """Several terms by their codes, in one query; what is unknown is left out."""
    return terms_by_code(dimension, codes)


def label_of(term: Term, language: str) -> Label:
    """What the term is called. `Label.language` is another than asked for when there is no translation."""
    return label_in(term.labels, language, term.code)


def line_of(dimension: str, code: str) -> tuple[str, ...]:
    """Every code that became the same term as this one, the oldest first. Count under all of them."""
    return line(code, successors_of(dimension))


def current_of(dimension: str, code: str) -> str:
    """The code that took over in the end; the code itself when it was never replaced."""
    return follow(code, successors_of(dimension))


def version_on(dimension: str, *, on: dt.date) -> str:
    """The code of the version that holds on a day, or ""."""
    return version_valid(dimension, on)


def load_folder(folder: Path) -> int:
    """Make or refresh every list in the JSON files of a folder of your own (see `files.py`). Returns the terms."""
    return load(vocabularies=files.read_folder(folder))


def load_public() -> int:
    """Make or refresh topics, audiences and sections, which all centres share."""
    return load_folder(files.PUBLIC)
